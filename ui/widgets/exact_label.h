// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

class QTextLayout;

namespace lexiscope {

/// Plain text in lines, as a QLabel has it, with the characters that are there: where its font is one that
/// joins letters, signs beside each other are still set one by one (see ExactCharacters).
class ExactLabel : public QLabel {
    Q_OBJECT
  public:
    explicit ExactLabel(QWidget* parent = nullptr);

    int heightForWidth(int width) const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    bool isPlain() const;
    /// The height of its lines, where they are so long.
    double layOut(QTextLayout& layout, double width) const;
};

}  // namespace lexiscope
