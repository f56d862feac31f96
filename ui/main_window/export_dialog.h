// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/plots/theme.h"
#include "ui/widgets/segmented.h"

#include <vector>

#include <QDialog>

class QComboBox;
class QLabel;

namespace lexiscope {

/// Saves the window or one panel as a PNG, one to four device pixels for each pixel on screen.
class ExportDialog : public QDialog {
    Q_OBJECT
  public:
    /// The window itself is the first subject.
    ExportDialog(const ThemeSource& theme, QWidget* window);
    void addSubject(const QString& title, QWidget* widget);
    /// Writes the chosen subject at the chosen scale.
    void saveAs(const QString& path);

  Q_SIGNALS:
    void failed(lexiscope::Error error);

  private:
    void refreshSize();
    void save();
    QWidget* subject() const;
    double scale() const;

    std::vector<QWidget*> m_subjects;
    QComboBox* m_subject;
    Segmented* m_scale;
    QLabel* m_size;
};

}  // namespace lexiscope
