// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/session/made_work.h"

#include <vector>

#include <QDialog>

class QLabel;
class QPushButton;

namespace lexiscope {

/// Asks what becomes of things that were learned and lie in no file: saved one after the other, given up, or
/// kept where they are. Of what is still being learned it tells how far that is; where nothing else is asked
/// for, the question is whether to stop. It is accepted once nothing would be lost against somebody's will.
class SaveQuestion : public QDialog {
    Q_OBJECT
  public:
    SaveQuestion(const ThemeSource& theme, const MadeWorks& works, LossBy by, QWidget* parent);

  private:
    struct Line {
        std::shared_ptr<MadeWork> work;
        QLabel* state;
        bool isSaved = false;
        bool isTold = false;  // what became of saving it
    };
    /// What has ended meanwhile can be saved.
    void refresh();
    bool canSaveAny() const;
    QWidget* buildLines(const MadeWorks& works);
    QWidget* buildButtons();
    void discard();
    /// The first that is not saved yet; then the next, unless somebody gives no file.
    void saveNext();
    void finish(std::size_t line, const Result<Done>& written);
    void say(const Line& line, const QString& text, const QColor& color);

    const ThemeSource& m_theme;
    const LossBy m_by;
    std::vector<Line> m_lines;
    QLabel* m_question;
    QPushButton* m_discard = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_save = nullptr;
};

}  // namespace lexiscope
