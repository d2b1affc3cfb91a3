#include "config/samples.hpp"

#include "embedded_samples.hpp"

namespace muster::config {

std::string_view demo_settings() {
    return embedded::embedded_samples().front().content;
}

}  // namespace muster::config
