// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/token_table_model.h"

#include "core/base/utf8.h"
#include "ui/session/hex_text.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <QByteArray>
#include <QRegularExpression>

namespace lexiscope {
namespace {

constexpr std::size_t longestCell = 64;  // bytes of a token that a cell spells out
constexpr std::size_t longestTip = 600;

/// Bytes that are no character stand as themselves.
QString codePointsOf(std::string_view bytes) {
    QStringList points;
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint point = codePointAt(bytes, at);
        points
            << (point.valid
                    ? QStringLiteral("U+%1").arg(static_cast<uint>(point.value), 4, 16, QChar(u'0')).toUpper()
                    : QStringLiteral("‹%1›").arg(hexText(bytes.substr(at, 1))));
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
        return (isId && own && own->value == id) || (!bytes.isEmpty() && hexText(token).contains(bytes)) ||
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

void TokenTableModel::setSorted(std::shared_ptr<const SortedTokens> sorted) {
    if (sorted == m_sorted) {
        return;
    }
    if (sorted && m_sorted && sorted->text == m_sorted->text) {
        reorder(std::move(sorted));
        return;
    }
    beginResetModel();
    m_sorted = std::move(sorted);
    lookForRanks();
    endResetModel();
}

void TokenTableModel::lookForRanks() {
    if (!m_sorted || !m_sorted->text->tokenizer || m_tokenizer.lock() == m_sorted->text->tokenizer) {
        return;
    }
    const Tokenizer& tokenizer = *m_sorted->text->tokenizer;
    m_tokenizer = m_sorted->text->tokenizer;
    m_hasRanks = m_hasScores = false;
    for (std::uint32_t id = 0; id < tokenizer.vocabularySize() && !m_hasRanks && !m_hasScores; ++id) {
        m_hasRanks = tokenizer.mergeRank(TokenId{id}).has_value();
        m_hasScores = tokenizer.score(TokenId{id}).has_value();
    }
}

void TokenTableModel::reorder(std::shared_ptr<const SortedTokens> sorted) {
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& index : before) {
        const std::uint32_t row = sorted->rows[placeAt(index.row())];
        after << this->index(static_cast<int>(row), index.column());
    }
    m_sorted = std::move(sorted);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int TokenTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_sorted ? 0 : static_cast<int>(m_sorted->order.size());
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

QString TokenTableModel::rankText(std::size_t place) const {
    const double rank = rankOf(*m_sorted->text, m_sorted->text->encoding.tokens[place]);
    if (std::isnan(rank)) {
        return QStringLiteral("–");
    }
    return m_hasScores ? QString::number(rank, 'f', 3) : QString::number(static_cast<qulonglong>(rank));
}

QString TokenTableModel::shown(std::size_t place, int column, bool whole) const {
    const EncodedText& text = *m_sorted->text;
    const Token& token = text.encoding.tokens[place];
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
    std::string bytes = bytesOf(text, place);
    const std::size_t most = whole ? longestTip : longestCell;
    const QString more = bytes.size() > most ? QStringLiteral("…") : QString();
    bytes.resize(std::min(bytes.size(), most));
    return (column == Text    ? QString::fromStdString(displayText(bytes))
            : column == Bytes ? hexText(bytes)
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

std::vector<int> TokenTableModel::find(const QString& wanted) const {
    std::vector<int> rows;
    if (wanted.isEmpty() || !m_sorted) {
        return rows;
    }
    const EncodedText& text = *m_sorted->text;
    const Wanted sought(wanted);
    std::unordered_map<std::uint32_t, bool> known;  // by ID
    for (int row = 0; row < rowCount(); ++row) {
        const std::size_t place = placeAt(row);
        const Token& token = text.encoding.tokens[place];
        bool isFound = false;
        if (token.id && token.kind != TokenKind::Unknown) {
            const auto [entry, isNew] = known.try_emplace(token.id->value, false);
            if (isNew) {
                entry->second = sought.isIn(bytesOf(text, place), token.id);
            }
            isFound = entry->second;
        } else {
            isFound = sought.isIn(bytesOf(text, place), token.id);
        }
        if (isFound) {
            rows.push_back(row);
        }
    }
    return rows;
}

}  // namespace lexiscope
