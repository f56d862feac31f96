// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/token_table_model.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include <QByteArray>
#include <QLocale>
#include <QRegularExpression>

namespace lexiscope {
namespace {

constexpr std::size_t longestCell = 64;  // bytes of a token that a cell spells out
constexpr std::size_t longestTip = 600;

QString hexOf(std::string_view bytes) {
    return QString::fromLatin1(
        QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex(' ').toUpper());
}

/// Bytes that are no character stand as themselves.
QString codePointsOf(std::string_view bytes) {
    QStringList points;
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint point = codePointAt(bytes, at);
        points
            << (point.valid
                    ? QStringLiteral("U+%1").arg(static_cast<uint>(point.value), 4, 16, QChar(u'0')).toUpper()
                    : QStringLiteral("‹%1›").arg(hexOf(bytes.substr(at, 1))));
        at += point.size;
    }
    return points.join(u' ');
}

QString kindOf(TokenKind kind) {
    const std::string_view text = name(kind);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What a person types to find a token.
struct Wanted {
    explicit Wanted(const QString& typed) {
        static const QRegularExpression hex(QStringLiteral("^[0-9A-F]{2}( [0-9A-F]{2})+$"));
        text = foldCase(QString(typed).replace(QChar(0xB7), u' ').toStdString());
        const QString name = typed.trimmed().toUpper();
        id = name.toULongLong(&isId);
        bytes = hex.match(name).hasMatch() ? name : QString();
        point = name.startsWith(QLatin1String("U+")) ? name : QString();
    }
    bool isIn(const std::string& token, const std::optional<TokenId>& own) const {
        return (isId && own && own->value == id) || (!bytes.isEmpty() && hexOf(token).contains(bytes)) ||
               (!point.isEmpty() && codePointsOf(token).split(u' ').contains(point)) ||
               foldCase(token).find(text) != std::string::npos;
    }

    std::string text;
    bool isId = false;
    qulonglong id = 0;
    QString bytes;
    QString point;
};

}  // namespace

void TokenTableModel::setEncodedText(std::shared_ptr<const EncodedText> text) {
    if (text == m_text) {
        return;
    }
    beginResetModel();
    m_text = std::move(text);
    if (m_text && m_text->tokenizer && m_tokenizer.lock() != m_text->tokenizer) {
        const Tokenizer& tokenizer = *m_text->tokenizer;
        m_tokenizer = m_text->tokenizer;
        m_hasRanks = m_hasScores = false;
        for (std::uint32_t id = 0; id < tokenizer.vocabularySize() && !m_hasRanks && !m_hasScores; ++id) {
            m_hasRanks = tokenizer.mergeRank(TokenId{id}).has_value();
            m_hasScores = tokenizer.score(TokenId{id}).has_value();
        }
    }
    arrange();
    endResetModel();
}

int TokenTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int TokenTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TokenTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool isName = role == Qt::DisplayRole;
    if (orientation != Qt::Horizontal || (!isName && role != Qt::ToolTipRole)) {
        return {};
    }
    switch (section) {
        case Place:
            return isName ? tr("#") : tr("Position in the text, from 0 on");
        case Id:
            return isName ? tr("ID") : tr("Number of its row in the model’s table");
        case Text:
            return isName ? tr("token") : tr("The text it stands for; · is a space");
        case Bytes:
            return isName ? tr("bytes") : tr("The same in UTF-8, in hexadecimal");
        case CodePoints:
            return isName ? tr("code points") : tr("Its characters, as Unicode numbers them");
        case Source:
            return isName ? tr("source")
                          : tr("The bytes of the text that it came from, the last not included");
        case Kind:
            return isName ? tr("kind") : tr("normal, special, one byte of a character, or unknown");
        case Rank:
            return m_hasScores ? (isName ? tr("score") : tr("Logarithm of its probability"))
                               : (isName ? tr("rank") : tr("How early its merge goes, 0 first"));
        default:
            return {};
    }
}

double TokenTableModel::rankOf(const Token& token) const {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const Tokenizer* tokenizer = m_text->tokenizer.get();
    if (!token.id || tokenizer == nullptr || token.id->value >= tokenizer->vocabularySize()) {
        return none;
    }
    if (m_hasScores) {
        return tokenizer->score(*token.id).value_or(none);
    }
    const std::optional<std::uint32_t> rank = tokenizer->mergeRank(*token.id);
    return rank ? *rank : none;
}

QString TokenTableModel::rankText(std::size_t place) const {
    const double rank = rankOf(m_text->encoding.tokens[place]);
    if (std::isnan(rank)) {
        return QStringLiteral("–");
    }
    return m_hasScores ? QString::number(rank, 'f', 3) : QString::number(static_cast<qulonglong>(rank));
}

QString TokenTableModel::shown(std::size_t place, int column, bool whole) const {
    const Token& token = m_text->encoding.tokens[place];
    switch (column) {
        case Place:
            return QString::number(place);
        case Id:
            return token.id ? QString::number(token.id->value) : QStringLiteral("–");
        case Source:
            return token.source.size() == 0
                       ? QStringLiteral("–")
                       : QStringLiteral("%1–%2").arg(token.source.begin).arg(token.source.end);
        case Kind:
            return kindOf(token.kind);
        case Rank:
            return rankText(place);
        default:
            break;
    }
    std::string bytes = bytesOf(*m_text, place);
    const std::size_t most = whole ? longestTip : longestCell;
    const QString more = bytes.size() > most ? QStringLiteral("…") : QString();
    bytes.resize(std::min(bytes.size(), most));
    return (column == Text    ? QString::fromStdString(displayText(bytes))
            : column == Bytes ? hexOf(bytes)
                              : codePointsOf(bytes)) +
           more;
}

QVariant TokenTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const std::size_t place = placeAt(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return shown(place, index.column(), false);
        case Qt::ToolTipRole:
            return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
                .arg(shown(place, index.column(), true).toHtmlEscaped());
        case Qt::AccessibleTextRole:
            return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                                    shown(place, index.column(), false));
        default:
            return {};
    }
}

std::vector<double> TokenTableModel::textKeys() const {
    // Texts say the same tokens again and again: each is compared once.
    const std::vector<Token>& tokens = m_text->encoding.tokens;
    std::vector<std::uint32_t> wordOf(tokens.size());
    std::unordered_map<std::string, std::uint32_t> words;
    std::unordered_map<std::uint32_t, std::uint32_t> wordOfId;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isKnown = tokens[i].id && tokens[i].kind != TokenKind::Unknown;
        const auto known = isKnown ? wordOfId.find(tokens[i].id->value) : wordOfId.end();
        if (known != wordOfId.end()) {
            wordOf[i] = known->second;
            continue;
        }
        const auto number = static_cast<std::uint32_t>(words.size());
        wordOf[i] = words.try_emplace(bytesOf(*m_text, i), number).first->second;
        if (isKnown) {
            wordOfId.emplace(tokens[i].id->value, wordOf[i]);
        }
    }
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted(words.begin(), words.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> rankOfWord(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        rankOfWord[sorted[i].second] = static_cast<double>(i);
    }
    std::vector<double> keys(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        keys[i] = rankOfWord[wordOf[i]];
    }
    return keys;
}

std::vector<double> TokenTableModel::keysOf(int column) const {
    if (column == Text || column == Bytes || column == CodePoints) {
        return textKeys();
    }
    constexpr double last = std::numeric_limits<double>::infinity();
    std::vector<double> keys;
    keys.reserve(m_text->encoding.tokens.size());
    for (const Token& token : m_text->encoding.tokens) {
        switch (column) {
            case Id:
                keys.push_back(token.id ? token.id->value : last);
                break;
            case Source:
                keys.push_back(static_cast<double>(token.source.begin));
                break;
            case Kind:
                keys.push_back(static_cast<double>(token.kind));
                break;
            default: {
                const double rank = rankOf(token);
                keys.push_back(std::isnan(rank) ? last : rank);
            }
        }
    }
    return keys;
}

void TokenTableModel::arrange() {
    const std::size_t count = m_text ? m_text->encoding.tokens.size() : 0;
    m_order.resize(count);
    m_rows.resize(count);
    std::iota(m_order.begin(), m_order.end(), 0U);
    const bool isDown = m_direction == Qt::DescendingOrder;
    if (count > 0 && m_column == Place && isDown) {
        std::reverse(m_order.begin(), m_order.end());
    } else if (count > 0 && m_column != Place) {
        const std::vector<double> keys = keysOf(m_column);
        std::stable_sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) {
            // What has none stands behind the others either way.
            if (std::isinf(keys[a]) || std::isinf(keys[b])) {
                return !std::isinf(keys[a]) && std::isinf(keys[b]);
            }
            return isDown ? keys[a] > keys[b] : keys[a] < keys[b];
        });
    }
    for (std::size_t row = 0; row < count; ++row) {
        m_rows[m_order[row]] = static_cast<std::uint32_t>(row);
    }
}

void TokenTableModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= ColumnCount || (column == m_column && order == m_direction)) {
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::size_t> places;
    for (const QModelIndex& index : before) {
        places.push_back(placeAt(index.row()));
    }
    m_column = column;
    m_direction = order;
    arrange();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        after << this->index(rowOf(places[static_cast<std::size_t>(i)]), before[i].column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

std::vector<int> TokenTableModel::find(const QString& wanted) const {
    std::vector<int> rows;
    if (wanted.isEmpty()) {
        return rows;
    }
    const Wanted sought(wanted);
    std::unordered_map<std::uint32_t, bool> known;  // by ID
    for (int row = 0; row < rowCount(); ++row) {
        const std::size_t place = placeAt(row);
        const Token& token = m_text->encoding.tokens[place];
        bool isFound = false;
        if (token.id && token.kind != TokenKind::Unknown) {
            const auto [entry, isNew] = known.try_emplace(token.id->value, false);
            if (isNew) {
                entry->second = sought.isIn(bytesOf(*m_text, place), token.id);
            }
            isFound = entry->second;
        } else {
            isFound = sought.isIn(bytesOf(*m_text, place), token.id);
        }
        if (isFound) {
            rows.push_back(row);
        }
    }
    return rows;
}

}  // namespace lexiscope
