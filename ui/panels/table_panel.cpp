// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/table_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/exact_characters.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <numeric>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

/// As a saved view calls the columns.
const QStringList& columnNames() {
    static const QStringList names = {QStringLiteral("position"), QStringLiteral("id"),
                                      QStringLiteral("token"),    QStringLiteral("bytes"),
                                      QStringLiteral("points"),   QStringLiteral("source"),
                                      QStringLiteral("kind"),     QStringLiteral("rank")};
    return names;
}

/// What a view of it can say.
struct TableKeys : ViewKeys {
    ViewKey sort = oneOf("sort", columnNames());
    ViewKey down = flag("descending");
    ViewKey find = text("find");
};

const TableKeys& tableKeys() {
    static const TableKeys all;
    return all;
}

}  // namespace

TablePanel::TablePanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("table"), tr("Token table"), {Analyses::Encoding}, parent),
      m_sorting(new TokenSorting(context.analyses.runner(), this)),
      m_model(new TokenTableModel(this)),
      m_table(new ColumnTable(context.theme, this)),
      m_note(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Cut again"), this)),
      m_find(new QLineEdit(this)),
      m_copy(namedButton(this, QStringLiteral("copyTokens"), tr("Copy ▾"),
                         tr("The marked tokens, or all, in the order of the text"))) {
    build();
    QVBoxLayout* layout = columnOf(this, 6);
    auto* state = new QHBoxLayout;
    state->addWidget(m_note, 1);
    state->addWidget(m_again);
    layout->addLayout(state);
    layout->addWidget(m_table, 1);
    m_note->hide();
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_context.analyses.wasCancelled(slot(), Analyses::Encoding)) {
            m_context.analyses.retry(slot(), Analyses::Encoding);
        } else {
            m_sorting->retry();
        }
    });
    connect(m_sorting, &TokenSorting::changed, this, [this] {
        takeOrder();
        scheduleRefresh();
    });
    connect(m_table, &ColumnTable::rowActivated, this, [this](int row) {
        if (const std::optional<Selected> token = tokenAt(row)) {
            m_context.selection.select(*token);
        }
    });
    connect(m_table, &ColumnTable::rowHovered, this,
            [this](int row) { m_context.selection.hover(tokenAt(row)); });
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this] { m_sorting->setInputs(m_model->encodedText(), wantedSort()); });
    connect(m_find, &QLineEdit::textEdited, this, [this] {
        find();
        step(1);
    });
}

void TablePanel::build() {
    m_table->setObjectName(QStringLiteral("tokenTable"));
    m_table->setAccessibleName(tr("Tokens of the text"));
    m_table->setModel(m_model);
    m_table->setColumns({{4, 0, true, true},
                         {6, 0, true},
                         {9, 4},
                         {8, 3, false, true},
                         {8, 6, false, true, 2},  // the bytes tell the same
                         {7, 0, true, true},
                         {7, 0, false, true, 1},  // nearly always "normal"
                         {7, 0, true, true}});
    m_table->horizontalHeader()->setSortIndicator(TokenTableModel::Place, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    auto* copies = new QAction(this);
    copies->setShortcut(QKeySequence::Copy);
    copies->setShortcutContext(Qt::WidgetShortcut);
    connect(copies, &QAction::triggered, this, [this] { copy(TokenForm::Ids); });
    m_table->addAction(copies);
    m_find->setObjectName(QStringLiteral("findToken"));
    m_find->setAccessibleName(tr("Find in the tokens"));
    m_find->setPlaceholderText(tr("Find…"));
    m_find->setToolTip(tr("A text, an ID, bytes such as E2 82, or U+20AC; Enter goes to the next one"));
    m_find->setClearButtonEnabled(true);
    new ExactLine(m_find);
    m_find->installEventFilter(this);
    auto* menu = new QMenu(tr("Copy"), this);
    fillCopyMenu(*menu);
    m_copy->setMenu(menu);
    // Until a host has a place for them.
    m_find->hide();
    m_copy->hide();
}

QList<QWidget*> TablePanel::tools() {
    m_find->setFixedWidth(qRound(130 * theme().fontScale));
    return {m_find, m_copy};
}

void TablePanel::fillCopyMenu(QMenu& menu) {
    const std::pair<TokenForm, QString> forms[] = {{TokenForm::Ids, tr("As &IDs")},
                                                   {TokenForm::Json, tr("As &JSON")},
                                                   {TokenForm::Python, tr("As &Python list")}};
    for (const auto& [form, text] : forms) {
        menu.addAction(text, this, [this, chosen = form] { copy(chosen); });
    }
}

void TablePanel::addToMenu(QMenu& menu) {
    if (m_model->rowCount() == 0) {
        return;
    }
    fillCopyMenu(*menu.addMenu(tr("Copy the tokens")));
    QMenu* sorts = menu.addMenu(tr("Sort by"));
    for (int column = 0; column < TokenTableModel::ColumnCount; ++column) {
        if (!m_table->isColumnHidden(column)) {
            const QString name = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            sorts->addAction(column == TokenTableModel::Place ? tr("position") : name, m_table,
                             [this, column] { m_table->sortByColumn(column, Qt::AscendingOrder); });
        }
    }
}

std::vector<std::size_t> TablePanel::placesToCopy() const {
    std::vector<std::size_t> places;
    const QModelIndexList marked = m_table->selectionModel()->selectedRows();
    if (marked.size() > 1) {
        for (const QModelIndex& index : marked) {
            places.push_back(m_model->placeAt(index.row()));
        }
        std::sort(places.begin(), places.end());
        return places;
    }
    places.resize(static_cast<std::size_t>(m_model->rowCount()));
    std::iota(places.begin(), places.end(), std::size_t{0});
    return places;
}

void TablePanel::copy(TokenForm form) const {
    if (const std::shared_ptr<const EncodedText> shown = m_model->encodedText()) {
        QApplication::clipboard()->setText(QString::fromStdString(tokenText(*shown, placesToCopy(), form)));
    }
}

const ViewKeys& TablePanel::viewKeys() {
    return tableKeys();
}

QJsonObject TablePanel::saveView() const {
    QJsonObject view;
    const QHeaderView& header = *m_table->horizontalHeader();
    const bool isDown = header.sortIndicatorOrder() == Qt::DescendingOrder;
    if (header.sortIndicatorSection() != TokenTableModel::Place || isDown) {
        view[tableKeys().sort] = columnNames().value(header.sortIndicatorSection());
        view[tableKeys().down] = isDown;
    }
    if (!m_find->text().isEmpty()) {
        view[tableKeys().find] = m_find->text();
    }
    return view;
}

void TablePanel::restoreView(const QJsonObject& view) {
    const auto column = static_cast<int>(columnNames().indexOf(view[tableKeys().sort].toString()));
    if (column >= 0) {
        m_table->sortByColumn(column,
                              view[tableKeys().down].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    if (view[tableKeys().find].isString()) {
        m_find->setText(view[tableKeys().find].toString());
        find();
        step(1);
    }
}

QStringList TablePanel::parameters() const {
    const int column = m_table->horizontalHeader()->sortIndicatorSection();
    return column == TokenTableModel::Place
               ? QStringList()
               : QStringList{tr("sorted by %1").arg(columnNames().value(column))};
}

std::vector<DataTable> TablePanel::data() const {
    const std::shared_ptr<const EncodedText> shown = m_model->encodedText();
    if (!isOfModel() || !isCurrent(Analyses::Encoding) || shown != m_context.analyses.encoding(slot())) {
        return {};
    }
    const QString title = counted(shown->encoding.tokens.size(), tr("1 token"), tr("%1 tokens"));
    return {tokenTable(title, *model(), shown)};
}

bool TablePanel::isOfModel() const {
    const std::shared_ptr<const EncodedText> shown = m_model->encodedText();
    return shown && model() && shown->tokenizer == model()->tokenizer;
}

std::optional<Selected> TablePanel::tokenAt(int row) const {
    if (!isOfModel() || row < 0 || row >= m_model->rowCount()) {
        return std::nullopt;
    }
    const std::size_t place = m_model->placeAt(row);
    const std::optional<TokenId> id = m_model->encodedText()->encoding.tokens[place].id;
    return id ? std::optional<Selected>(
                    Selected{slot(), rowOf(*id), Position{static_cast<std::uint32_t>(place)}})
              : std::nullopt;
}

bool TablePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
            case Qt::Key_Return:
            case Qt::Key_Enter:
                step(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
                return true;
            case Qt::Key_Down:
            case Qt::Key_Up:
                step(key->key() == Qt::Key_Down ? 1 : -1);
                return true;
            case Qt::Key_Escape:
                m_find->clear();
                find();
                return true;
            default:
                break;
        }
    }
    return Panel::eventFilter(watched, event);
}

void TablePanel::find() {
    m_matches = m_model->find(m_find->text());
    m_match = -1;
    refreshFact();
}

void TablePanel::step(int matches) {
    const auto count = static_cast<int>(m_matches.size());
    if (count == 0) {
        return;
    }
    m_match = m_match < 0 ? (matches > 0 ? 0 : count - 1) : (m_match + matches + count) % count;
    const int row = m_matches[static_cast<std::size_t>(m_match)];
    m_table->setCurrentRow(row);
    if (const std::optional<Selected> token = tokenAt(row)) {
        m_context.selection.select(*token);
    }
    refreshFact();
}

TokenSort TablePanel::wantedSort() const {
    const QHeaderView& header = *m_table->horizontalHeader();
    return {static_cast<TokenColumn>(header.sortIndicatorSection()),
            header.sortIndicatorOrder() == Qt::DescendingOrder};
}

void TablePanel::takeOrder() {
    const std::shared_ptr<const SortedTokens>& sorted = m_sorting->result();
    const bool isOfModel = sorted && model() && sorted->text->tokenizer == model()->tokenizer;
    const std::shared_ptr<const SortedTokens> shown = isOfModel ? sorted : nullptr;
    if (shown != m_model->sorted()) {
        m_model->setSorted(shown);
        find();
        m_table->scrollTo(m_table->currentIndex());
    }
}

QString TablePanel::note() const {
    const QString none = noTokens(slot());
    const std::optional<Error>& unsorted = m_sorting->failure();
    if (!none.isEmpty() || !unsorted) {
        return none;
    }
    return unsorted->code == ErrorCode::Cancelled ? tr("Sorting was cancelled.")
                                                  : QString::fromStdString(toString(*unsorted));
}

void TablePanel::refresh() {
    const bool hasTokens = model() && model()->tokenizer;
    m_sorting->setInputs(hasTokens ? m_context.analyses.encoding(slot()) : nullptr, wantedSort());
    takeOrder();
    m_table->setColumnShown(TokenTableModel::Rank, m_model->hasRanks());
    m_table->setDimmed(!isCurrent(Analyses::Encoding) || !m_sorting->isCurrent());
    setLook(*m_note, theme().textFont(12), theme().muted);
    m_note->setText(note());
    m_note->setVisible(!note().isEmpty());
    const std::optional<Error>& unsorted = m_sorting->failure();
    m_again->offer(hasTokens && (m_context.analyses.wasCancelled(slot(), Analyses::Encoding) ||
                                 (unsorted && unsorted->code == ErrorCode::Cancelled)));
    m_find->setVisible(m_find->parentWidget() != this);
    m_copy->setVisible(m_copy->parentWidget() != this);
    m_copy->setEnabled(m_model->rowCount() > 0);
    mark();
    refreshFact();
}

void TablePanel::mark() {
    const std::optional<Selected>& selected = m_context.selection.selected();
    const bool isHere = selected && selected->slot == slot() && selected->position && isOfModel() &&
                        selected->position->value < m_model->encodedText()->encoding.tokens.size();
    if (!isHere) {
        m_table->setCurrentRow(-1);
        return;
    }
    const int row = m_model->rowOf(selected->position->value);
    // Several rows that are marked for copying stay so.
    if (m_table->selectionModel()->selectedRows().size() <= 1 || m_table->currentIndex().row() != row) {
        m_table->setCurrentRow(row);
    }
}

void TablePanel::refreshFact() {
    if (!isOfModel()) {
        setFact({});
        return;
    }
    QStringList parts{counted(static_cast<std::size_t>(m_model->rowCount()), tr("1 token"), tr("%1 tokens"))};
    if (!m_find->text().isEmpty() && m_matches.empty()) {
        parts.prepend(tr("not found"));
    } else if (!m_find->text().isEmpty()) {
        parts.prepend(m_match < 0 ? tr("%1 found").arg(groupedText(m_matches.size()))
                                  : tr("%1 of %2 found")
                                        .arg(groupedText(static_cast<std::size_t>(m_match) + 1),
                                             groupedText(m_matches.size())));
    }
    setFact(parts.join(QStringLiteral(" · ")));
}

}  // namespace lexiscope
