// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_spec.h"
#include "ui/main_window/figure_maker.h"
#include "ui/main_window/figure_preview.h"
#include "ui/panels/panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"

#include <memory>
#include <vector>

#include <QCheckBox>
#include <QDialog>
#include <QTimer>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace lexiscope {

/// What a figure can be made of, as it stands on screen.
struct ExportSubject {
    QString what;  ///< as FigureSpec names it
    QString part;  ///< likewise
    QString title;
    QSize size;
    QJsonObject view;
};

/// Makes a figure of the window, of one panel or of a part of it, seen while it is put together: saved as
/// PNG, SVG or PDF, copied as a picture, or as the command that makes it. It works on a copy of what is
/// selected and computed, so that the figure stays what it is. The size it proposes grows to what its type
/// needs; one that was typed stays, and what it cannot hold is said.
class ExportDialog : public QDialog {
    Q_OBJECT
  public:
    /// The first subject is shown first.
    ExportDialog(const PanelContext& context, ThemeSource& theme, JobRunner& runner,
                 std::vector<ExportSubject> subjects, QWidget* parent);
    ~ExportDialog() override;

    /// The first of that name; none: nothing changes.
    void setSubject(const QString& what);
    /// What was chosen, but for what belongs to the subject: its size and view.
    void setChoices(const FigureSpec& spec, FigureFormat format);
    FigureSpec spec() const;
    FigureFormat format() const;

    /// Writes the figure; the ending tells the kind. False, and the dialog says why, when that fails, and
    /// while what it shows is still being computed: what was there before stays.
    bool saveAs(const QString& path);
    /// As an image at the chosen scale, and as SVG for programs that take it.
    void copyPicture();
    void copyCommand();
    /// Nothing is being computed and the preview shows what is chosen.
    bool isSettled() const;
    MessageBar& messages() { return *m_messages; }

  private:
    void buildFields();
    void buildForm();
    void buildSizeRow(QFormLayout& form);
    QWidget* buildButtons();
    void listen();
    const ExportSubject& subject() const;
    /// Proposes the subject's size, unless one was typed for it.
    void propose();
    void setSize(QSize pixels);
    /// Brings the figure a step nearer to what it will be, and where the size that is proposed does not hold
    /// it, proposes one that does. False: it stays as it is.
    bool advance();
    void showSubject();
    void showFormat();
    void changeUnit();
    void rebuildSoon();
    void rebuild();
    void refreshPreview();
    void refreshNote();
    /// The figure's maker with everything there; null, having said why, if there is none.
    FigureMaker* finished();
    void save();

    // The figure's own: what is selected and computed when the dialog opens.
    Selection m_selection;
    Analyses m_analyses;
    const PanelContext m_context;
    JobRunner& m_runner;
    const std::vector<ExportSubject> m_subjects;
    std::unique_ptr<FigureMaker> m_maker;
    bool m_stale = true;       // what m_maker makes is not what is chosen
    bool m_sizeTyped = false;  // for the subject that is shown
    bool m_sizeGrown = false;  // likewise
    QTimer m_rebuild;
    QTimer m_repaint;

    FigurePreview* m_preview;
    MessageBar* m_messages;
    QFormLayout* m_form = nullptr;
    QComboBox* m_subject;
    Segmented* m_format;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_height;
    Segmented* m_unit;
    Segmented* m_scale;
    Segmented* m_look;
    QSpinBox* m_type;
    QCheckBox* m_caption;
    QCheckBox* m_transparent;
    QLabel* m_note;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
};

}  // namespace lexiscope
