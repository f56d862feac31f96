// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/export_dialog.h"

#include "ui/figures/figure_file.h"
#include "ui/figures/svg_writer.h"
#include "ui/main_window/render_line.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QDoubleSpinBox>
#include <QEventLoop>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr int rebuildAfter = 120;  // milliseconds without a change
constexpr int repaintAfter = 40;
constexpr int longestWait = 1500;
constexpr double pixelsPerMillimetre = 96 / 25.4;

PanelContext own(const PanelContext& context, Selection& selection, Analyses& analyses) {
    PanelContext result{context.session,      selection,    analyses, context.training,
                        context.tokenizerRun, context.theme};
    return result;
}

}  // namespace

ExportDialog::ExportDialog(const PanelContext& context, ThemeSource& theme, JobRunner& runner,
                           std::vector<ExportSubject> subjects, QWidget* parent)
    : QDialog(parent),
      m_analyses(context.analyses, m_selection),
      m_context(own(context, m_selection, m_analyses)),
      m_runner(runner),
      m_subjects(std::move(subjects)),
      m_preview(new FigurePreview(theme, this)),
      m_messages(new MessageBar(theme, this)),
      m_subject(new QComboBox(this)),
      m_format(new Segmented(theme, this)),
      m_width(new QDoubleSpinBox(this)),
      m_height(new QDoubleSpinBox(this)),
      m_unit(new Segmented(theme, this)),
      m_scale(new Segmented(theme, this)),
      m_look(new Segmented(theme, this)),
      m_type(new QSpinBox(this)),
      m_caption(new QCheckBox(tr("Caption: model, text and parameters"), this)),
      m_transparent(new QCheckBox(tr("Transparent background"), this)),
      m_note(new QLabel(this)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export a figure"));
    m_selection.copy(context.selection);
    buildForm();
    listen();
    m_look->setCurrent(static_cast<int>(theme.theme().name));
    m_type->setValue(static_cast<int>(std::lround(theme.textScale() * 100)));
    resize(1040, 640);
    showSubject();
    showFormat();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::listen() {
    m_rebuild.setSingleShot(true);
    m_rebuild.setInterval(rebuildAfter);
    m_repaint.setSingleShot(true);
    m_repaint.setInterval(repaintAfter);
    connect(&m_rebuild, &QTimer::timeout, this, &ExportDialog::rebuild);
    connect(&m_repaint, &QTimer::timeout, this, &ExportDialog::refreshPreview);
    connect(m_preview, &FigurePreview::resized, this, [this] { m_repaint.start(); });
    connect(m_subject, &QComboBox::currentIndexChanged, this, &ExportDialog::showSubject);
    connect(m_format, &Segmented::chosen, this, &ExportDialog::showFormat);
    connect(m_unit, &Segmented::chosen, this, &ExportDialog::changeUnit);
    connect(m_scale, &Segmented::chosen, this, &ExportDialog::rebuildSoon);
    for (QDoubleSpinBox* side : {m_width, m_height}) {
        connect(side, &QDoubleSpinBox::valueChanged, this, [this] {
            m_sizeTyped = true;
            rebuildSoon();
        });
    }
    // These change how much room is needed.
    connect(m_look, &Segmented::chosen, this, &ExportDialog::propose);
    connect(m_type, &QSpinBox::valueChanged, this, &ExportDialog::propose);
    connect(m_caption, &QCheckBox::toggled, this, &ExportDialog::propose);
    connect(m_transparent, &QCheckBox::toggled, this, &ExportDialog::rebuildSoon);
}

const ExportSubject& ExportDialog::subject() const {
    return m_subjects[static_cast<std::size_t>(std::max(0, m_subject->currentIndex()))];
}

void ExportDialog::setSubject(const QString& what) {
    for (std::size_t i = 0; i < m_subjects.size(); ++i) {
        if (m_subjects[i].what == what) {
            m_subject->setCurrentIndex(static_cast<int>(i));
            return;
        }
    }
}

void ExportDialog::setChoices(const FigureSpec& spec, FigureFormat format) {
    m_format->setCurrent(static_cast<int>(format));
    m_scale->setCurrent(std::clamp(static_cast<int>(std::lround(spec.scale)), 1, 4) - 1);
    m_look->setCurrent(static_cast<int>(spec.theme));
    m_type->setValue(static_cast<int>(std::lround(spec.fontSize * 100)));
    m_caption->setChecked(spec.caption);
    m_transparent->setChecked(spec.transparent);
    if (spec.size.inMillimetres && m_unit->current() == 0) {
        m_unit->setCurrent(1);
        changeUnit();
    }
    showFormat();
}

FigureFormat ExportDialog::format() const {
    return static_cast<FigureFormat>(m_format->current());
}

FigureSpec ExportDialog::spec() const {
    FigureSpec spec;
    spec.what = subject().what;
    spec.part = subject().part;
    spec.size = {QSizeF(m_width->value(), m_height->value()), m_unit->current() == 1};
    spec.scale = m_scale->current() + 1;
    spec.theme = static_cast<ThemeName>(m_look->current());
    spec.fontSize = m_type->value() / 100.0;
    spec.caption = m_caption->isChecked();
    spec.transparent = m_transparent->isChecked();
    spec.view = subject().view;
    return spec;
}

void ExportDialog::showSubject() {
    m_sizeTyped = false;
    propose();
}

void ExportDialog::propose() {
    if (!m_sizeTyped) {
        m_sizeGrown = false;
        setSize(subject().size);
    }
    rebuildSoon();
}

void ExportDialog::setSize(QSize pixels) {
    const QSizeF size = m_unit->current() == 1 ? QSizeF(pixels) / pixelsPerMillimetre : QSizeF(pixels);
    const QSignalBlocker quietWidth(m_width);
    const QSignalBlocker quietHeight(m_height);
    m_width->setValue(size.width());
    m_height->setValue(size.height());
}

bool ExportDialog::advance() {
    if (m_maker->advance()) {
        return true;
    }
    if (m_sizeTyped || m_sizeGrown || m_maker->isBusy() || m_maker->size() == spec().size.pixels()) {
        return false;
    }
    // Made anew at that size, it is what the command that names the size makes.
    setSize(m_maker->size());
    m_sizeGrown = true;
    rebuildSoon();
    return true;
}

void ExportDialog::showFormat() {
    // Lines and text have no pixels to be multiplied.
    m_form->setRowVisible(m_scale, format() == FigureFormat::Png);
    m_save->setText(tr("Save as %1…").arg(nameOf(format()).toUpper()));
    refreshNote();
}

void ExportDialog::changeUnit() {
    const bool millimetres = m_unit->current() == 1;
    for (QDoubleSpinBox* side : {m_width, m_height}) {
        const QSignalBlocker quiet(side);
        const double value = side->value();
        side->setDecimals(millimetres ? 1 : 0);
        side->setMaximum(millimetres ? longestFigureSide / pixelsPerMillimetre : longestFigureSide);
        side->setValue(millimetres ? value / pixelsPerMillimetre : value * pixelsPerMillimetre);
    }
    rebuildSoon();
}

void ExportDialog::rebuildSoon() {
    m_stale = true;
    m_messages->clear();
    m_preview->setStale();
    refreshNote();
    m_rebuild.start();
}

void ExportDialog::rebuild() {
    m_rebuild.stop();
    if (!m_stale) {
        return;
    }
    FigureSpec wanted = spec();
    wanted.grows = !m_sizeTyped && !m_sizeGrown;
    m_maker = std::make_unique<FigureMaker>(m_context, m_runner, wanted);
    m_stale = false;
    connect(m_maker.get(), &FigureMaker::changed, this, [this] { m_repaint.start(); });
    m_repaint.start();
}

void ExportDialog::refreshPreview() {
    if (m_stale || !m_maker || advance()) {
        return;
    }
    const Result<Done> sound = m_maker->check();
    for (QPushButton* button : {m_save, m_copy}) {
        button->setEnabled(sound.ok() && !m_maker->isBusy());
    }
    if (!sound.ok()) {
        m_messages->add(MessageBar::Severity::Error, sound.error());
        return;
    }
    const QSize size = m_maker->size();
    m_preview->setFigure(m_maker->image(m_preview->scaleFor(size)), size);
}

bool ExportDialog::isSettled() const {
    return !m_stale && m_maker && !m_rebuild.isActive() && !m_repaint.isActive() && !m_maker->isBusy();
}

void ExportDialog::refreshNote() {
    const FigureSpec chosen = spec();
    const QSize pixels = chosen.size.pixels();
    QString note = format() == FigureFormat::Png
                       ? tr("%1 × %2 pixels, %3 dpi")
                             .arg(std::lround(pixels.width() * chosen.scale))
                             .arg(std::lround(pixels.height() * chosen.scale))
                             .arg(std::lround(96 * chosen.scale))
                       : tr("Text stays text and lines stay lines; heat maps and clouds of more than 20,000 "
                            "points are images of 300 dpi.");
    if (m_sizeGrown && !m_sizeTyped) {
        note += u'\n' + tr("Larger than %1 × %2 px, so that nothing is cut.")
                            .arg(subject().size.width())
                            .arg(subject().size.height());
    }
    m_note->setText(note);
}

FigureMaker* ExportDialog::finished() {
    rebuild();
    m_messages->clear();
    // What was chosen a moment ago is still being laid out and read; longer than that nobody is held up.
    const QDeadlineTimer patience(longestWait);
    for (int quietPasses = 0; quietPasses < 2 && !patience.hasExpired();) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 10);
        quietPasses = m_maker->isBusy() ? 0 : quietPasses + 1;
        if (m_stale || advance()) {
            rebuild();
            quietPasses = 0;
        }
    }
    const Result<Done> sound = m_maker->check();
    if (!sound.ok()) {
        m_messages->add(MessageBar::Severity::Error, sound.error());
        return nullptr;
    }
    if (m_maker->isBusy()) {
        m_messages->add(MessageBar::Severity::Hint, tr("What the figure shows is still being computed."));
        return nullptr;
    }
    return m_maker.get();
}

void ExportDialog::save() {
    const QString ending = nameOf(format());
    QString path = QFileDialog::getSaveFileName(this, tr("Save the figure"), fileNameOf(spec(), format()),
                                                tr("%1 file (*.%2)").arg(ending.toUpper(), ending));
    if (path.isEmpty()) {
        return;
    }
    if (!figureFormatOf(path)) {
        path += u'.' + ending;
    }
    if (saveAs(path)) {
        accept();
    }
}

bool ExportDialog::saveAs(const QString& path) {
    FigureMaker* maker = finished();
    if (maker == nullptr) {
        return false;
    }
    const Result<QByteArray> file = maker->file(figureFormatOf(path).value_or(format()));
    const Result<Done> written = file.ok() ? writeWhole(file.value(), path) : file.error();
    if (!written.ok()) {
        m_messages->add(MessageBar::Severity::Error, written.error());
    }
    return written.ok();
}

void ExportDialog::copyPicture() {
    FigureMaker* maker = finished();
    if (maker == nullptr) {
        return;
    }
    const Result<QByteArray> svg = maker->file(FigureFormat::Svg);
    const QImage image = maker->image(maker->spec().scale);
    if (image.isNull() || !svg.ok()) {
        m_messages->add(MessageBar::Severity::Error, svg.ok() ? pngOf(image).error() : svg.error());
        return;
    }
    auto content = std::make_unique<QMimeData>();
    content->setData(QStringLiteral("image/svg+xml"), svg.value());
    content->setImageData(image);
    QApplication::clipboard()->setMimeData(content.release());
    m_messages->add(MessageBar::Severity::Hint,
                    tr("The figure is on the clipboard, as an image and as SVG."));
}

void ExportDialog::copyCommand() {
    m_messages->clear();
    const Result<QString> line = renderLine(spec(), format(), m_context);
    if (!line.ok()) {
        m_messages->add(MessageBar::Severity::Error, line.error());
        return;
    }
    QApplication::clipboard()->setText(line.value());
    m_messages->add(MessageBar::Severity::Hint, tr("The command is on the clipboard."));
}

}  // namespace lexiscope
