#include "storage/store.hpp"

namespace muster {

View::~View() = default;
Store::~Store() = default;

}  // namespace muster
