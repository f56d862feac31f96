// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/features_panel.h"

#include "core/base/utf8.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <utility>

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr std::size_t mostNamed = 3;  // of the nearest

/// What a view of it can say.
struct FeaturesKeys : ViewKeys {
    ViewKey thing = text("thing");
};

const FeaturesKeys& featuresKeys() {
    static const FeaturesKeys all;
    return all;
}

QString nameAt(const std::vector<std::string>& names, std::size_t at) {
    return QString::fromStdString(names[at]);
}

/// Where that name stands; -1: nowhere.
int placeOf(const std::vector<std::string>& names, const QString& name) {
    const auto found = std::find(names.begin(), names.end(), name.toStdString());
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

// As in the text field, whatever the desktop has for them.
QKeySequence undoKeys() {
    return {FeaturesPanel::tr("Ctrl+Z")};
}
QKeySequence redoKeys() {
    return {FeaturesPanel::tr("Ctrl+Shift+Z")};
}

QString ratedDistance(double distance) {
    return QString::number(distance, 'f', 1);
}

}  // namespace

FeaturesPanel::FeaturesPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("features"), tr("Feature table"), {}, parent),
      m_model(new FeatureModel(context.session.features(), this)),
      m_grid(new RatingGrid(context.theme, this)),
      m_distances(new QLabel(this)),
      m_addThing(makeButton(QStringLiteral("addThing"), tr("+ Thing"),
                            tr("Adds a row: something that the questions can be asked of"))),
      m_addQuestion(makeButton(QStringLiteral("addQuestion"), tr("+ Question"),
                               tr("Adds a column, and with it a dimension of every vector"))),
      m_menuButton(
          makeButton(QStringLiteral("tableMenu"), tr("Table"), tr("Rename, remove, undo, import and save"))),
      m_menu(new QMenu(m_menuButton)) {
    for (const int slot : {0, 1}) {
        const QChar letter(u'A' + slot);
        QPushButton*& use = m_use[static_cast<std::size_t>(slot)];
        use = makeButton(
            QStringLiteral("use%1").arg(letter), tr("Use in %1").arg(letter),
            tr("Makes the table the model in slot %1, where it changes with each rating").arg(letter));
        use->setCheckable(true);
        use->hide();  // until a host has a place for it
        connect(use, &QPushButton::clicked, this, [this, slot] {
            m_context.session.load(slot, Session::featureSpec());
            scheduleRefresh();
        });
    }
    layOut();
    addUndo();
    connect(m_addThing, &QPushButton::clicked, this, &FeaturesPanel::addThing);
    connect(m_addQuestion, &QPushButton::clicked, this, &FeaturesPanel::addQuestion);
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        m_menu->clear();
        fillTableMenu(*m_menu);
    });
    m_menuButton->setMenu(m_menu);
    connect(&document(), &FeatureDocument::changed, this, &FeaturesPanel::tableChanged);
    connect(&context.session, &Session::slotChanged, this, &FeaturesPanel::scheduleRefresh);
    connect(
        m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& now, const QModelIndex& before) { currentMoved(now.row(), before.row()); });
    // Also a click on the row that is the current one already.
    connect(m_grid, &RatingGrid::clicked, this, [this](const QModelIndex& at) { choose(at.row()); });
    connect(&m_grid->rowNames(), &NameHeader::chosen, this, &FeaturesPanel::choose);
    m_grid->setCurrentIndex(m_model->index(0, 0));
}

void FeaturesPanel::choose(int row) {
    const std::size_t thing = static_cast<std::size_t>(row);
    if (selectedThing() != thing) {
        selectThing(thing);
    }
}

QPushButton* FeaturesPanel::makeButton(const QString& name, const QString& text, const QString& tip) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setToolTip(tip);
    return button;
}

void FeaturesPanel::layOut() {
    m_grid->setObjectName(QStringLiteral("grid"));
    m_grid->setAccessibleName(tr("Ratings from 0 to 10"));
    m_grid->setModel(m_model);
    m_grid->setStill(!m_context.controls);
    m_distances->setObjectName(QStringLiteral("distances"));
    m_distances->setTextFormat(Qt::PlainText);
    m_distances->setWordWrap(true);
    m_distances->setToolTip(
        tr("Euclidean distance of two rows: the root of the sum of the squared "
           "differences, question by question"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_addThing);
    buttons->addWidget(m_addQuestion);
    buttons->addWidget(m_menuButton);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_grid);
    layout->addWidget(m_distances);
    layout->addLayout(buttons);
    layout->addStretch(1);
}

void FeaturesPanel::addUndo() {
    const auto add = [this](const QList<QKeySequence>& keys, void (FeatureDocument::*step)()) {
        auto* shortcut = new QShortcut(this);
        shortcut->setKeys(keys);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, &document(), step);
    };
    add({undoKeys()}, &FeatureDocument::undo);
    add({redoKeys(), QKeySequence(tr("Ctrl+Y"))}, &FeatureDocument::redo);
}

QList<QWidget*> FeaturesPanel::tools() {
    return {m_use[0], m_use[1]};
}

int FeaturesPanel::contentWidth() const {
    return m_grid->contentWidth();
}

QStringList FeaturesPanel::parameters() const {
    return {tr("Euclidean distances of ratings from 0 to 10")};
}

const ViewKeys& FeaturesPanel::viewKeys() {
    return featuresKeys();
}

QJsonObject FeaturesPanel::saveView() const {
    return m_grid->currentIndex().row() > 0 ? QJsonObject{{featuresKeys().thing, m_thing}} : QJsonObject();
}

void FeaturesPanel::restoreView(const QJsonObject& view) {
    const int row = placeOf(table().things(), view[featuresKeys().thing].toString());
    if (row >= 0) {
        m_isFollowing = true;
        m_grid->setCurrentIndex(m_model->index(row, std::max(0, m_grid->currentIndex().column())));
        m_isFollowing = false;
        scheduleRefresh();
    }
}

std::vector<DataTable> FeaturesPanel::data() const {
    return {featureTable(
        tr("Feature table, %1 × %2").arg(table().things().size()).arg(table().questions().size()), table())};
}

void FeaturesPanel::addToMenu(QMenu& menu) {
    fillTableMenu(menu);
}

void FeaturesPanel::fillTableMenu(QMenu& menu) {
    const QModelIndex at = m_grid->currentIndex();
    if (at.isValid()) {
        const QString thing = displayText(table().things()[static_cast<std::size_t>(at.row())]).c_str();
        const QString question = nameAt(table().questions(), static_cast<std::size_t>(at.column()));
        menu.addAction(tr("Rename “%1”").arg(thing), this,
                       [this, at] { m_grid->rowNames().rename(at.row()); });
        menu.addAction(tr("Remove “%1”").arg(thing), this, [this, thing, at] {
            document().apply(tr("Remove %1").arg(thing),
                             table().withoutThing(static_cast<std::size_t>(at.row())));
        });
        menu.addSeparator();
        menu.addAction(tr("Rename “%1”").arg(question), this,
                       [this, at] { m_grid->columnNames().rename(at.column()); });
        menu.addAction(tr("Remove “%1”").arg(question), this, [this, question, at] {
            document().apply(tr("Remove %1").arg(question),
                             table().withoutQuestion(static_cast<std::size_t>(at.column())));
        });
        menu.addSeparator();
    }
    const auto addStep = [&](const std::optional<QString>& what, const QString& text,
                             const QKeySequence& keys, void (FeatureDocument::*step)()) {
        if (what) {
            menu.addAction(text.arg(*what) + u'\t' + keys.toString(QKeySequence::NativeText), &document(),
                           step);
        }
    };
    addStep(document().undoText(), tr("Undo: %1"), undoKeys(), &FeatureDocument::undo);
    addStep(document().redoText(), tr("Redo: %1"), redoKeys(), &FeatureDocument::redo);
    menu.addSeparator();
    menu.addAction(tr("Import a CSV file…"), this, &FeaturesPanel::import);
    menu.addAction(tr("Save as a CSV file…"), this, &FeaturesPanel::saveWanted);
    menu.addAction(tr("Start with the example"), &m_context.session, &Session::restoreExampleFeatures);
}

void FeaturesPanel::import() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Import a feature table"), {},
                                                      tr("CSV files (*.csv *.tsv *.txt);;All files (*)"));
    if (!path.isEmpty()) {
        m_context.session.importFeatures(path);
    }
}

void FeaturesPanel::addThing() {
    const std::string name = unusedName(tr("new thing").toStdString(), table().things());
    const std::size_t before = table().things().size();
    document().apply(tr("Add a thing"), table().withThing(name));
    if (table().things().size() > before) {
        const int row = static_cast<int>(before);
        m_grid->setCurrentIndex(m_model->index(row, 0));
        m_grid->rowNames().rename(row);
    }
}

void FeaturesPanel::addQuestion() {
    const std::string name = unusedName(tr("new question").toStdString(), table().questions());
    const std::size_t before = table().questions().size();
    document().apply(tr("Add a question"), table().withQuestion(name));
    if (table().questions().size() > before) {
        const int column = static_cast<int>(before);
        m_grid->setCurrentIndex(m_model->index(std::max(0, m_grid->currentIndex().row()), column));
        m_grid->columnNames().rename(column);
    }
}

void FeaturesPanel::tableChanged(const FeatureDocument::Change& change) {
    using Kind = FeatureDocument::Change::Kind;
    const QModelIndex now = m_grid->currentIndex();
    if (change.kind == Kind::Whole) {
        // Where the current thing or question has gone, the one that took its place.
        const int row = placeOf(table().things(), m_thing);
        const int column = placeOf(table().questions(), m_question);
        const int rows = m_model->rowCount();
        const int columns = m_model->columnCount();
        m_isFollowing = true;
        m_grid->setCurrentIndex(m_model->index(row >= 0 ? row : std::min(m_row, rows - 1),
                                               column >= 0 ? column : std::min(m_column, columns - 1)));
        m_isFollowing = false;
    } else if (change.kind == Kind::ThingName && now.row() == static_cast<int>(change.thing)) {
        m_thing = nameAt(table().things(), change.thing);
        // What was selected under the old name is selected under the new one.
        const Selected renamed{slot(), Row{static_cast<std::uint32_t>(change.thing)}, std::nullopt};
        const bool wasSelected =
            m_followed && m_followed->slot == renamed.slot && m_followed->row == renamed.row;
        if (isUsedIn(slot()) && wasSelected && !m_context.selection.selected()) {
            selectThing(change.thing);
        }
    } else if (change.kind == Kind::QuestionName && now.column() == static_cast<int>(change.question)) {
        m_question = nameAt(table().questions(), change.question);
    }
    Q_EMIT heightWanted();
    scheduleRefresh();
}

void FeaturesPanel::currentMoved(int row, int previous) {
    const QModelIndex now = m_grid->currentIndex();
    if (!now.isValid()) {
        return;
    }
    m_row = now.row();
    m_column = now.column();
    m_thing = nameAt(table().things(), static_cast<std::size_t>(m_row));
    m_question = nameAt(table().questions(), static_cast<std::size_t>(m_column));
    if (!m_isFollowing && row != previous && m_grid->hasFocus()) {
        choose(row);
    }
    scheduleRefresh();
}

bool FeaturesPanel::isUsedIn(int slot) const {
    return m_context.session.slot(slot).spec == Session::featureSpec();
}

void FeaturesPanel::selectThing(std::size_t thing) {
    const Session& session = m_context.session;
    const int front = session.activeSlot();
    if (const std::shared_ptr<const Model>& model = session.slot(front).model) {
        const std::string& name = table().things()[thing];
        const std::string marked = std::string(markOf(model->vocabulary->wordMark())) + name;
        std::optional<Row> row = model->vocabulary->find(marked);
        if (row || (row = model->vocabulary->find(name))) {
            m_context.selection.select({front, *row, std::nullopt});
            return;
        }
    }
    for (int other = 0; other < session.slotCount(); ++other) {
        if (isUsedIn(other)) {
            m_context.selection.select({other, Row{static_cast<std::uint32_t>(thing)}, std::nullopt});
            return;
        }
    }
}

std::optional<std::size_t> FeaturesPanel::selectedThing() const {
    const std::optional<Selected>& selected = m_context.selection.selected();
    if (!selected || !m_context.session.slot(selected->slot).model) {
        return std::nullopt;
    }
    const Vocabulary& vocabulary = *m_context.session.slot(selected->slot).model->vocabulary;
    if (selected->row.value >= vocabulary.size()) {
        return std::nullopt;
    }
    const std::optional<Row> row = document().model()->vocabulary->find(bareText(vocabulary, selected->row));
    return row ? std::optional<std::size_t>(row->value) : std::nullopt;
}

QString FeaturesPanel::distances() const {
    const QModelIndex at = m_grid->currentIndex();
    if (!at.isValid()) {
        return {};
    }
    const std::vector<ThingDistance> others = distancesFrom(table(), static_cast<std::size_t>(at.row()));
    if (others.empty()) {
        return tr("One thing alone is far from nothing: add another.");
    }
    const auto named = [this](const ThingDistance& other) {
        return tr("%1 (%2)").arg(nameAt(table().things(), other.thing), ratedDistance(other.distance));
    };
    QStringList nearest;
    for (std::size_t i = 0; i < std::min(mostNamed, others.size()); ++i) {
        nearest << named(others[i]);
    }
    const QString text = tr("%1 is nearest to %2").arg(m_thing, nearest.join(tr(", then ")));
    return others.size() > mostNamed ? tr("%1; farthest from %2.").arg(text, named(others.back()))
                                     : text + u'.';
}

void FeaturesPanel::refresh() {
    // Once for each selection: somebody may go on to another row without selecting it. While a model changes,
    // nothing is selected for a moment.
    const std::optional<Selected>& selected = m_context.selection.selected();
    const bool isNew = selected && std::exchange(m_followed, selected) != selected;
    if (const std::optional<std::size_t> thing = selectedThing();
        isNew && thing && static_cast<int>(*thing) != m_grid->currentIndex().row()) {
        m_isFollowing = true;
        m_grid->setCurrentIndex(
            m_model->index(static_cast<int>(*thing), std::max(0, m_grid->currentIndex().column())));
        m_isFollowing = false;
    }
    m_distances->setFont(theme().textFont(13));
    QPalette palette = m_distances->palette();
    palette.setColor(QPalette::WindowText, theme().text);
    m_distances->setPalette(palette);
    if (const QString text = distances(); text != m_distances->text()) {
        m_distances->setText(text);
        Q_EMIT heightWanted();
    }
    for (const int slot : {0, 1}) {
        QPushButton* use = m_use[static_cast<std::size_t>(slot)];
        const QChar letter(u'A' + slot);
        use->setChecked(isUsedIn(slot));
        use->setText(isUsedIn(slot) ? tr("In %1").arg(letter) : tr("Use in %1").arg(letter));
        use->setVisible(use->parentWidget() != this);
    }
    const std::size_t things = table().things().size();
    const std::size_t questions = table().questions().size();
    setFact(tr("%1 × %2 · rated 0 to 10")
                .arg(things == 1 ? tr("1 thing") : tr("%1 things").arg(groupedText(things)),
                     questions == 1 ? tr("1 question") : tr("%1 questions").arg(groupedText(questions))));
}

}  // namespace lexiscope
