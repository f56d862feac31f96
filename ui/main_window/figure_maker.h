// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/figures/figure_picture.h"
#include "ui/figures/figure_spec.h"
#include "ui/panels/panel.h"

#include <memory>
#include <optional>

#include <QByteArray>
#include <QImage>
#include <QObject>

class QLabel;

namespace lexiscope {

class MainWindow;

/// The one road to a figure: what it shows is made anew, out of sight, in the theme, the size and the type
/// that are asked for, beside whatever is on screen; then it is painted as an image, or as text and lines for
/// SVG and PDF.
///
/// Made once the models are loaded. What it shows may still have to be computed; changed() tells of that.
class FigureMaker : public QObject {
    Q_OBJECT
  public:
    /// What `context` names outlives this; its theme, and whether it shows times and controls, do not count.
    FigureMaker(const PanelContext& context, JobRunner& runner, const FigureSpec& spec,
                QObject* parent = nullptr);
    ~FigureMaker() override;

    const FigureSpec& spec() const { return m_spec; }
    /// There is no figure of that name, or it needs more room than it has been given (InvalidArgument); the
    /// model lacks what the panel shows (Unsupported); or what it shows could not be computed, in a figure of
    /// the window for any of the panels in view.
    Result<Done> check();
    /// In logical pixels.
    QSize size() const;
    /// Once nothing is busy: takes a step to what it will be painted as. The caption takes its lines; then a
    /// figure that has no size of its own, or one that grows, becomes larger until nothing is cut; last comes
    /// a line on what of lists and texts is not in view. What it shows may be computed anew after a step.
    /// False: it stays as it is.
    bool advance();
    /// Something that it shows is still being computed.
    bool isBusy() const;
    /// Model, text, selection and parameters in one line.
    QString caption() const;

    /// Painted at `scale` device pixels for each logical one: text and lines are as sharp as the larger
    /// picture allows. A null image where it does not fit into memory.
    QImage image(double scale);
    FigurePicture picture();
    /// As a file of that kind, the PNG at the spec's scale. The same inputs give the same bytes (of a PDF see
    /// pdfOf).
    Result<QByteArray> file(FigureFormat format);

  Q_SIGNALS:
    /// It would be painted differently now.
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build(JobRunner& runner);
    QWidget* makeContent(JobRunner& runner);
    /// Why nothing but a message would be seen.
    std::optional<Error> hindrance() const;
    bool choosesSize() const { return m_spec.grows || m_spec.size.size.isEmpty(); }
    /// Less would cut something, or hide it.
    QSize leastSize() const;
    bool grow();
    /// Adds a line on what lists and texts do not show, once, where there is such.
    bool sayRest();
    /// As lines below a figure look.
    void styleLine(QLabel& line) const;
    /// As it is painted, but for the paint.
    void prepare();
    void dress();
    /// Docks make their tabs in an order that is left to chance, and what is painted first stands first in
    /// the file.
    void stackTabs();
    void fitContent();
    void paint(QPainter& painter);

    const FigureSpec m_spec;
    ThemeSource m_themes;
    const PanelContext m_context;
    std::unique_ptr<QWidget> m_sheet;  // all of the figure; goes before what it looks at
    Panel* m_panel = nullptr;          // of a figure of one panel
    MainWindow* m_window = nullptr;    // of a figure of the window
    QLabel* m_caption = nullptr;
    QLabel* m_rest = nullptr;  // what is not in view
    bool m_placed = false;     // the cards, after everything had come
    bool m_prepared = false;
    int m_steps = 0;        // that it has grown by
    int m_hiddenWidth = 0;  // before the last of them
    int m_widened = 0;      // by the last of them
};

/// Whether that figure is one of the whole window.
bool isWindowFigure(const QString& what);

/// What figures can be made of: "window", "compare" and the panels.
QStringList figureNames();

}  // namespace lexiscope
