// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QObject>
#include <QString>
#include <QStringView>
#include <QSyntaxHighlighter>
#include <QTextLayout>

class QLineEdit;
class QPainter;

namespace lexiscope {

/// Has a document show the characters that are there. Where a font would put others in their place, as Inter
/// does with "->" and "0x1F", they are set one by one; all other text is shaped as ever.
class ExactCharacters : public QSyntaxHighlighter {
  public:
    explicit ExactCharacters(QTextDocument* document) : QSyntaxHighlighter(document) {}

    struct Stretch {
        qsizetype begin = 0;
        qsizetype length = 0;

        bool operator==(const Stretch&) const = default;
    };
    /// What has to be set one by one: two or more of ! - = < > | ~ beside each other, and an x or X between
    /// digits together with them ("3x4", "3 x 4"). Ascending; neighbours may share a digit.
    static std::vector<Stretch> stretches(QStringView text);
    /// For a layout of that text, which sets them so.
    static QList<QTextLayout::FormatRange> formats(QStringView text);

  protected:
    void highlightBlock(const QString& text) override;
};

/// Paints one line of text likewise, with the painter's font and pen.
void drawExactLine(QPainter& painter, const QRectF& room, Qt::Alignment alignment, const QString& text);

/// Likewise for a line of input, whose child it becomes.
class ExactLine : public QObject {
    Q_OBJECT
  public:
    explicit ExactLine(QLineEdit* line);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void refresh();

    QLineEdit* m_line;
    bool m_isComposing = false;
    bool m_isSending = false;
};

}  // namespace lexiscope
