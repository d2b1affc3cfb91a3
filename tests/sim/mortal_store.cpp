#include "tests/sim/mortal_store.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace muster::sim {

void MortalStore::go_on_living() const {
    if (dead_) throw boost::system::system_error(boost::asio::error::operation_aborted);
}

void MortalStore::on_commit(std::function<void(Moved)> listener) {
    store_.on_commit(std::move(listener));
}

Task<> MortalStore::close() {
    return store_.close();
}

Task<std::optional<Errc>> MortalStore::commit(std::function<std::optional<Errc>(Transaction&)> work
) {
    go_on_living();
    auto dies_before = random_.chance(dying_ / 2);
    auto dies_after = random_.chance(dying_ / 2);
    auto mortal = [this, &work, dies_before](Transaction& transaction) -> Result<int> {
        if (dead_) return Errc::store_failed;
        if (auto error = work(transaction)) return *error;
        if (dies_before) dead_ = true;
        if (dead_) return Errc::store_failed;
        return 0;
    };
    auto stored = co_await store_.write(mortal);
    if (dies_after) dead_ = true;
    go_on_living();
    if (stored) co_return std::nullopt;
    co_return stored.error();
}

Task<> MortalStore::look(std::function<void(View&)> work) {
    go_on_living();
    auto read = [&work](View& view) {
        work(view);
        return 0;
    };
    co_await store_.read(read);
    go_on_living();
}

}  // namespace muster::sim
