// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/space_panel.h"

#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

/// Words among the first rows worth naming; rows are in order of frequency in nearly all vocabularies.
constexpr std::size_t rowsSearchedForLabels = 6000;

bool isLetters(const QString& text, qsizetype least) {
    return text.size() >= least &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

/// Pieces of words and punctuation tell little on a map: where the vocabulary marks the start of words, only
/// those count.
bool isWholeWord(const Vocabulary& vocabulary, Row row, const QString& bare) {
    constexpr qsizetype least = 3;
    return isLetters(bare, least) &&
           (vocabulary.wordMark() == WordMark::None || textOf(vocabulary, row).starts_with(' '));
}

QString bareLabel(const Model& model, Row row) {
    const QString bare = QString::fromStdString(bareText(*model.vocabulary, row));
    return isLetters(bare, 1) ? bare : shownToken(model, row);
}

/// "The" and "·The" are two tokens: where both are marked, each is named with its word-start mark.
void tellApart(std::vector<MarkedPoint>& marks, std::size_t first, const Model& model) {
    std::map<QString, int> counts;
    for (std::size_t i = first; i < marks.size(); ++i) {
        ++counts[marks[i].label];
    }
    for (std::size_t i = first; i < marks.size(); ++i) {
        if (counts[marks[i].label] > 1) {
            marks[i].label = shownToken(model, marks[i].row);
        }
    }
}

QString percent(double ratio) {
    return QString::number(ratio * 100, 'f', 1) + QStringLiteral(" %");
}

}  // namespace

SpacePanel::SpacePanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("space"), tr("Embedding space"),
            {Analyses::Projection, Analyses::Neighbors, Analyses::Encoding}, parent),
      m_plot(new SpacePlot(context.theme, this)),
      m_zoomButtons(new QWidget(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);

    auto* buttons = new QHBoxLayout(m_zoomButtons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(6);
    const auto addButton = [&](const QString& text, const QString& name, const QString& tip, auto action) {
        auto* button = new QPushButton(text, m_zoomButtons);
        button->setObjectName(name);
        button->setAccessibleName(tip);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, action);
        buttons->addWidget(button);
    };
    m_zoomButtons->hide();  // until a host has a place for them
    addButton(QStringLiteral("−"), QStringLiteral("zoomOut"), tr("Zoom out"),
              [this] { m_plot->zoom(1 / 1.5); });
    addButton(QStringLiteral("+"), QStringLiteral("zoomIn"), tr("Zoom in"), [this] { m_plot->zoom(1.5); });
    addButton(tr("Reset"), QStringLiteral("resetView"), tr("Show all points"),
              [this] { m_plot->resetView(); });

    connect(m_plot, &SpacePlot::hovered, this, [this](bool any, Row row) {
        m_context.selection.hover(any ? std::optional(Selected{slot(), row, std::nullopt}) : std::nullopt);
    });
    connect(m_plot, &SpacePlot::clicked, this, [this](Row row, Qt::KeyboardModifiers modifiers) {
        if (modifiers.testFlag(Qt::ControlModifier)) {
            m_context.selection.togglePinned(row);
        } else {
            m_context.selection.select({slot(), row, std::nullopt});
        }
    });
    connect(m_plot, &SpacePlot::boxSelected, this,
            [this](const std::vector<Row>& rows) { m_context.selection.setBoxed(rows); });
    for (const auto signal :
         {&Selection::hoveredChanged, &Selection::pinnedChanged, &Selection::boxedChanged}) {
        connect(&context.selection, signal, this, &SpacePanel::scheduleRefresh);
    }
}

QList<QWidget*> SpacePanel::tools() {
    m_zoomButtons->setHidden(false);
    return {m_zoomButtons};
}

void SpacePanel::refreshFrequent() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    if (projection == m_frequentOf) {
        return;
    }
    m_frequentOf = projection;
    m_frequent.clear();
    // While a new model's projection is on its way, its vocabulary does not belong to the points shown.
    if (!projection || !model() || projection->rows != model()->vocabulary->size()) {
        return;
    }
    const Vocabulary& vocabulary = *model()->vocabulary;
    const std::size_t count = std::min(vocabulary.size(), rowsSearchedForLabels);
    std::unordered_set<QString> seen;
    // A vocabulary of codes or numbers has no words in that sense; then whatever can be read is named.
    for (const bool anything : {false, true}) {
        for (std::size_t i = 0; i < count; ++i) {
            const Row row{static_cast<std::uint32_t>(i)};
            const QString label = QString::fromStdString(bareText(vocabulary, row));
            if ((anything ? !label.isEmpty() : isWholeWord(vocabulary, row, label)) &&
                seen.insert(label).second) {
                m_frequent.push_back({row, PointRole::Frequent, label});
            }
        }
        if (!m_frequent.empty()) {
            break;
        }
    }
}

std::vector<MarkedPoint> SpacePanel::marks() const {
    std::vector<MarkedPoint> marks = m_frequent;
    const std::shared_ptr<const Model> shown = model();
    std::set<Row> marked;
    // From the most important role down: a row is marked once.
    const auto mark = [&](Row row, PointRole role) {
        if (row.value < shown->vocabulary->size() && marked.insert(row).second) {
            marks.push_back({row, role, bareLabel(*shown, row)});
        }
    };
    const Selection& selection = m_context.selection;
    if (const std::optional<Row> row = selectedRow()) {
        mark(*row, PointRole::Selected);
    }
    if (selection.hovered() && selection.hovered()->slot == slot()) {
        mark(selection.hovered()->row, PointRole::Hovered);
    }
    for (const Row row : selection.pinned()) {
        mark(row, PointRole::Pinned);
    }
    const std::shared_ptr<const EncodedText> text = m_context.analyses.encoding(slot());
    if (text && text->tokenizer == shown->tokenizer) {
        std::set<Row> ofText;
        for (const Token& token : text->encoding.tokens) {
            if (token.id && ofText.insert(rowOf(*token.id)).second) {
                mark(rowOf(*token.id), PointRole::Token);
            }
        }
    }
    const std::shared_ptr<const NeighborResult> neighbors = m_context.analyses.neighbors(slot());
    if (neighbors && selectedRow() && isCurrent(Analyses::Neighbors)) {
        for (const Neighbor& neighbor : neighbors->neighbors) {
            mark(neighbor.row, PointRole::Neighbor);
        }
    }
    for (const Row row : selection.boxed()) {
        mark(row, PointRole::Boxed);
    }
    tellApart(marks, m_frequent.size(), *shown);
    return marks;
}

QString SpacePanel::message() const {
    const std::optional<Error>& failure = m_context.analyses.failure(slot(), Analyses::Projection);
    if (!model()) {
        return tr("No model is open.");
    }
    if (failure && failure->code == ErrorCode::Cancelled) {
        return tr("The projection was cancelled.");
    }
    if (failure) {
        return QString::fromStdString(toString(*failure));
    }
    return m_context.analyses.projection(slot()) ? QString() : tr("Projecting all rows…");
}

void SpacePanel::refresh() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    refreshFrequent();
    SpaceFigure figure;
    figure.message = message();
    figure.slot = slot();
    figure.dimmed = !isCurrent(Analyses::Projection);
    if (figure.message.isEmpty() && projection && projection->components >= 2) {
        figure.projection = projection;
        figure.xTitle = tr("PC 1 (%1)").arg(percent(projection->explainedVarianceRatio[0]));
        figure.yTitle = tr("PC 2 (%1)").arg(percent(projection->explainedVarianceRatio[1]));
        if (!figure.dimmed) {
            figure.marks = marks();
        }
    } else if (figure.message.isEmpty()) {
        figure.message = tr("Vectors of one dimension lie on a line; there is nothing to project.");
    }
    // Controls of a plot that has nothing to show would do nothing.
    m_zoomButtons->setVisible(figure.projection && m_zoomButtons->parentWidget() != this);
    m_plot->setFigure(std::move(figure));
    refreshFact();
}

void SpacePanel::refreshFact() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    if (!projection || projection->components < 2 || !isCurrent(Analyses::Projection)) {
        setFact({});
        return;
    }
    QStringList parts;
    if (projection->rowsLeftOut == 0) {
        parts << tr("all %1 rows, centred").arg(grouped(projection->rows));
    } else {
        parts << tr("%1 of %2 rows, centred; the others hold no numbers")
                     .arg(grouped(projection->rows - projection->rowsLeftOut), grouped(projection->rows));
    }
    parts << tr("PC 1 + PC 2 keep %1 of the variance")
                 .arg(percent(projection->explainedVarianceRatio[0] + projection->explainedVarianceRatio[1]));
    if (!m_context.selection.boxed().empty()) {
        parts.prepend(tr("%1 in the box").arg(grouped(m_context.selection.boxed().size())));
    }
    setFact(parts.join(QStringLiteral(" · ")));
}

void SpacePanel::copyBoxed() const {
    QStringList tokens;
    for (const Row row : m_context.selection.boxed()) {
        tokens << QString::fromStdString(textOf(*model()->vocabulary, row));
    }
    QApplication::clipboard()->setText(tokens.join(u'\n'));
}

void SpacePanel::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Show all points"), m_plot, &SpacePlot::resetView);
    if (const std::optional<Row> row = selectedRow()) {
        menu.addAction(tr("Show the selected point"), this, [this, row] { m_plot->centerOn(*row); });
    }
    if (!m_context.selection.boxed().empty()) {
        menu.addSeparator();
        menu.addAction(tr("Copy the tokens in the box"), this, &SpacePanel::copyBoxed);
        menu.addAction(tr("Clear the box"), this, [this] { m_context.selection.setBoxed({}); });
    }
    if (!m_context.selection.pinned().empty()) {
        menu.addAction(tr("Unpin all"), this, [this] { m_context.selection.clearPinned(); });
    }
    menu.exec(event->globalPos());
}

}  // namespace lexiscope
