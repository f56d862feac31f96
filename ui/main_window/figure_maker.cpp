// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure_maker.h"

#include "ui/figures/figure_file.h"
#include "ui/figures/figure_recorder.h"
#include "ui/figures/pdf_writer.h"
#include "ui/figures/svg_writer.h"
#include "ui/main_window/figure_view.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"
#include "ui/plots/space_plot.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/exact_label.h"
#include "ui/widgets/style_sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QTabBar>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int captionMargin = 13;
constexpr qsizetype longestQuote = 90;  // characters of the text in a caption

PanelContext contextFor(const PanelContext& context, const ThemeSource& themes, const FigureSpec& spec) {
    return {context.session,
            context.selection,
            context.analyses,
            context.training,
            context.tokenizerRun,
            themes,
            false,
            isWindowFigure(spec.what),
            context.slot};
}

/// The mode of the window that the figure shows; none for that of a panel.
std::optional<MainWindow::Mode> modeOf(const QString& what) {
    for (const MainWindow::Mode mode : MainWindow::modes) {
        if (what == MainWindow::figureOf(mode)) {
            return mode;
        }
    }
    return std::nullopt;
}

/// A part is one of that panel's.
bool hasFigure(const FigureSpec& spec) {
    const std::vector<PanelPart> parts = partsOf(spec.what);
    return spec.part.isEmpty() || std::any_of(parts.begin(), parts.end(),
                                              [&](const PanelPart& part) { return part.name == spec.part; });
}

QString nameOf(const Model& model) {
    if (!model.hasVectors()) {
        return QStringLiteral("%1 (%2)").arg(
            QString::fromStdString(model.name),
            MainWindow::tr("%1 tokens").arg(groupedText(model.table->rows())));
    }
    return QStringLiteral("%1 (%2 × %3)")
        .arg(QString::fromStdString(model.name), groupedText(model.table->rows()),
             groupedText(model.table->dimension()));
}

QString quoted(const QByteArray& text) {
    // As much as fits, and not a megabyte for that.
    QString shown = QString::fromUtf8(text.left(8 * longestQuote)).simplified();
    if (shown.size() > longestQuote) {
        shown = shown.left(longestQuote) + QChar(0x2026);
    }
    return QChar(0x201c) + shown + QChar(0x201d);
}

}  // namespace

bool isWindowFigure(const QString& what) {
    return modeOf(what).has_value();
}

QStringList figureNames() {
    return QStringList{QStringLiteral("window"), QStringLiteral("compare"), QStringLiteral("learn"),
                       QStringLiteral("orderWindow"), QStringLiteral("tokenize")} +
           panelNames();
}

FigureMaker::FigureMaker(const PanelContext& context, JobRunner& runner, const FigureSpec& spec,
                         QObject* parent)
    : QObject(parent),
      m_spec(spec),
      m_context(contextFor(context, m_themes, spec)),
      m_sheet(std::make_unique<QWidget>()) {
    m_themes.set(themeOf(spec));
    build(runner);
}

FigureMaker::~FigureMaker() = default;

QWidget* FigureMaker::makeContent(JobRunner& runner) {
    if (isWindowFigure(m_spec.what)) {
        m_window = new MainWindow(m_context, m_themes, runner, nullptr);
        m_window->setWindowFlags(Qt::Widget);
        m_window->setMode(*modeOf(m_spec.what));
        return m_window;
    }
    std::unique_ptr<Card> card = hasFigure(m_spec) ? makeCard(m_spec.what, m_spec.part, m_context) : nullptr;
    if (!card) {
        return nullptr;
    }
    card->setFlat(true);
    m_panel = card->findChild<Panel*>();
    connect(m_panel, &Panel::heightWanted, this, &FigureMaker::fitContent, Qt::QueuedConnection);
    return card.release();
}

void FigureMaker::build(JobRunner& runner) {
    m_sheet->setAttribute(Qt::WA_DontShowOnScreen);
    m_sheet->setAttribute(Qt::WA_QuitOnClose, false);
    m_sheet->setAttribute(Qt::WA_ShowWithoutActivating);
    applyTheme(*m_sheet, m_themes.theme());
    auto* layout = new QVBoxLayout(m_sheet.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    restoreContext(m_spec.view, m_context);
    QWidget* content = makeContent(runner);
    if (content == nullptr) {
        return;
    }
    layout->addWidget(content, 1);
    if (m_spec.caption) {
        m_caption = new ExactLabel(m_sheet.get());
        styleLine(*m_caption);
        layout->addWidget(m_caption);
    }
    const QSize asked = m_spec.size.pixels();
    m_sheet->resize(asked.isEmpty() ? figureSize(m_spec.what, m_spec.part) : asked);
    m_sheet->installEventFilter(this);
    connect(&m_context.analyses, &Analyses::changed, this, &FigureMaker::changed);
    connect(&m_context.analyses.pair(), &PairAnalysis::changed, this, &FigureMaker::changed);
    for (const Panel* panel : content->findChildren<Panel*>()) {
        connect(panel, &Panel::refreshed, this, &FigureMaker::changed);
    }
    dress();
    m_sheet->show();
    restoreView(m_spec.view, m_panel, m_window);
}

void FigureMaker::styleLine(QLabel& line) const {
    line.setTextFormat(Qt::PlainText);
    line.setWordWrap(true);
    line.setContentsMargins(captionMargin, m_panel != nullptr ? 0 : captionMargin / 2, captionMargin,
                            captionMargin - 2);
    line.setFont(m_themes.theme().textFont(12));
    QPalette palette = line.palette();
    palette.setColor(QPalette::WindowText, m_themes.theme().muted);
    line.setPalette(palette);
}

Result<Done> FigureMaker::check() {
    if (m_panel == nullptr && m_window == nullptr) {
        const QString part = m_spec.part.isEmpty() ? QString() : QStringLiteral(", ") + m_spec.part;
        return Error{ErrorCode::InvalidArgument, (m_spec.what + part).toStdString(),
                     "is no figure this version makes",
                     "one of: " + figureNames().join(QStringLiteral(", ")).toStdString()};
    }
    if (std::optional<Error> without = hindrance()) {
        return *std::move(without);
    }
    prepare();
    const QSize asked = m_spec.size.pixels();
    const QSize least = leastSize();
    if (!choosesSize() && (asked.width() < least.width() || asked.height() < least.height())) {
        const QSize enough = asked.expandedTo(least);
        return Error{
            ErrorCode::InvalidArgument, m_spec.what.toStdString(),
            "needs more room than " + toText(m_spec.size).toStdString(),
            "at least " + std::to_string(enough.width()) + "x" + std::to_string(enough.height()) + " pixels"};
    }
    return Done{};
}

std::optional<Error> FigureMaker::hindrance() const {
    const Ground ground = m_panel != nullptr ? groundOf(m_spec.what) : Ground::None;
    for (int slot = 0; slot < m_context.session.slotCount() && ground != Ground::None; ++slot) {
        const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
        if (!model || !m_panel->shows(slot)) {
            continue;
        }
        const bool wantsVectors = ground == Ground::Vectors;
        if (wantsVectors ? !model->hasVectors() : model->tokenizer == nullptr) {
            std::string why = wantsVectors ? model->noVectors : model->noTokenizer;
            why.erase(why.find_last_not_of('.') + 1);
            return Error{ErrorCode::Unsupported, m_context.session.slot(slot).spec.toStdString(),
                         wantsVectors ? "has no vectors" : "has no tokenizer", std::move(why)};
        }
    }
    for (const Panel* panel : m_sheet->findChildren<Panel*>()) {
        if (std::optional<Error> failed = panel->isVisible() ? panel->failure() : std::nullopt) {
            // In the window, what somebody has stopped says so where it stands.
            if (m_panel != nullptr || failed->code != ErrorCode::Cancelled) {
                return failed;
            }
        }
    }
    return std::nullopt;
}

QSize FigureMaker::size() const {
    return choosesSize() ? m_sheet->size() : m_spec.size.pixels();
}

bool FigureMaker::isBusy() const {
    const QList<Panel*> panels = m_sheet->findChildren<Panel*>();
    return m_context.analyses.isBusy() ||
           std::any_of(panels.begin(), panels.end(), [](const Panel* panel) { return panel->isBusy(); });
}

QString FigureMaker::caption() const {
    const Session& session = m_context.session;
    QStringList parts;
    if (m_panel != nullptr && !m_panel->showsModel()) {
        return m_panel->parameters().join(QStringLiteral(" · "));
    }
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        if (session.slot(slot).model && (m_window != nullptr || m_panel->shows(slot))) {
            parts << nameOf(*session.slot(slot).model);
        }
    }
    if (!session.text().isEmpty()) {
        parts << quoted(session.text());
    }
    const std::optional<Selected>& selected = m_context.selection.selected();
    if (selected && session.slot(selected->slot).model) {
        parts << tr("selected: %1 (ID %2)")
                     .arg(shownToken(*session.slot(selected->slot).model, selected->row))
                     .arg(selected->row.value);
    }
    if (m_panel != nullptr) {
        parts << m_panel->parameters();
    }
    return parts.join(QStringLiteral(" · "));
}

void FigureMaker::dress() {
    // Under a style sheet, widgets do not inherit palette and font; most take them from the program, whose
    // theme is another one.
    const QPalette palette = m_themes.theme().palette();
    const QFont font = m_themes.theme().textFont();
    for (QWidget* widget : m_sheet->findChildren<QWidget*>()) {
        if (!widget->testAttribute(Qt::WA_SetPalette)) {
            widget->setPalette(palette);
        }
        if (!widget->testAttribute(Qt::WA_SetFont)) {
            widget->setFont(font);
        }
    }
}

void FigureMaker::stackTabs() {
    QList<QTabBar*> bars = m_sheet->findChildren<QTabBar*>();
    std::sort(bars.begin(), bars.end(), [](const QTabBar* a, const QTabBar* b) {
        return std::pair(a->y(), a->x()) < std::pair(b->y(), b->x());
    });
    for (QTabBar* bar : bars) {
        bar->lower();
    }
}

void FigureMaker::prepare() {
    dress();
    stackTabs();
    if (m_caption != nullptr) {
        const QString text = caption();
        m_caption->setFont(tokenFont(m_themes.theme().textFont(12), text));  // it quotes the text
        m_caption->setText(text);
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void FigureMaker::paint(QPainter& painter) {
    prepare();
    // The caption may have taken a line from the window, and where rows come to lie must not depend on the
    // order in which results have come, nor on what a preview has shown before the last of them. Once: laying
    // out asks for a repaint.
    if (m_window != nullptr && !m_placed && !isBusy()) {
        m_placed = true;
        m_window->placeCards(m_spec.view);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    // What a plot on screen may leave for its next frame, a figure waits for.
    const QList<SpacePlot*> plots = m_sheet->findChildren<SpacePlot*>();
    for (SpacePlot* plot : plots) {
        plot->setWhole(true);
    }
    if (!m_spec.transparent) {
        const Theme& theme = m_themes.theme();
        painter.fillRect(QRect(QPoint(), size()), m_window != nullptr ? theme.window : theme.surface);
    }
    m_sheet->render(&painter, QPoint(), QRegion(QRect(QPoint(), size())), QWidget::DrawChildren);
    for (SpacePlot* plot : plots) {
        plot->setWhole(false);
    }
}

QImage FigureMaker::image(double scale) {
    const QSize pixels(static_cast<int>(std::lround(size().width() * scale)),
                       static_cast<int>(std::lround(size().height() * scale)));
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return image;
    }
    // Painters take no ratio below one.
    image.setDevicePixelRatio(std::max(scale, 1.0));
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(std::min(scale, 1.0), std::min(scale, 1.0));
    paint(painter);
    painter.end();
    image.setDevicePixelRatio(scale);
    // An image that says it has no transparency is a smaller file, sooner written.
    return m_spec.transparent ? image : std::move(image).convertToFormat(QImage::Format_RGB32);
}

FigurePicture FigureMaker::picture() {
    FigureRecorder recorder(size());
    QPainter painter(&recorder);
    paint(painter);
    painter.end();
    FigurePicture picture = recorder.take();
    picture.title = m_panel != nullptr ? m_panel->title() : QStringLiteral("Lexiscope");
    picture.description = caption();
    return picture;
}

Result<QByteArray> FigureMaker::file(FigureFormat format) {
    if (const Result<Done> sound = check(); !sound.ok()) {
        return sound.error();
    }
    if (format == FigureFormat::Png) {
        return pngOf(image(m_spec.scale));
    }
    FigureSize physical = m_spec.size;
    if (physical.size.isEmpty()) {
        physical = {size(), false};
    }
    if (format == FigureFormat::Pdf) {
        return pdfOf(picture(), physical.points());
    }
    const QString unit = physical.inMillimetres ? QStringLiteral("mm") : QString();
    return svgOf(picture(), QString::number(physical.size.width()) + unit,
                 QString::number(physical.size.height()) + unit);
}

bool FigureMaker::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::UpdateRequest) {
        Q_EMIT changed();
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace lexiscope
