#include <cstring>
#include "core/embedding/embedding_table.h"
#include "core/embedding/vocabulary.h"
namespace lexiscope {
std::shared_ptr<const EmbeddingTable> EmbeddingTable::owned(std::vector<float> values, std::size_t rows, std::size_t dimension) {
    std::shared_ptr<EmbeddingTable> t(new EmbeddingTable);
    t->m_values = std::move(values); t->m_rows = rows; t->m_dimension = dimension; return t;
}
void EmbeddingTable::widen(Row first, std::size_t count, std::span<float> out) const {
    std::memcpy(out.data(), m_values.data() + std::size_t(first.value) * m_dimension, count * m_dimension * 4);
}
std::vector<float> EmbeddingTable::row(Row r) const { std::vector<float> v(m_dimension); widen(r, 1, v); return v; }
void EmbeddingTable::visitBlocks(Row first, Row last, std::size_t blockRows, const std::function<bool(Row, std::span<const float>)>& visit) const {
    for (std::size_t r = first.value; r < last.value; r += blockRows) {
        std::size_t n = std::min<std::size_t>(blockRows, last.value - r);
        if (!visit(Row{std::uint32_t(r)}, std::span<const float>(m_values).subspan(r * m_dimension, n * m_dimension))) return;
    }
}
void EmbeddingTable::willRead(Row, Row) const {}
Result<Done> EmbeddingTable::check() const { return Done{}; }
}
