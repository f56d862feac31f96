// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/word_training.h"
#include "ui/widgets/segmented.h"

#include <vector>

#include <QWidget>

class QDoubleSpinBox;
class QGridLayout;
class QSpinBox;

namespace lexiscope {

/// How word vectors are learned, as fields named as word2vec names them; they flow into as many columns as
/// there is room for. No field takes a value that WordTrainingOptions does not.
class TrainingForm : public QWidget {
    Q_OBJECT
  public:
    explicit TrainingForm(const ThemeSource& theme, QWidget* parent = nullptr);

    WordTrainingOptions options() const;
    void setOptions(const WordTrainingOptions& options);
    QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QSpinBox* add(const QString& name, int least, int most, const QString& tip);
    int fieldWidth() const;
    int columnsFor(int width) const;
    void arrange();

    Segmented* m_model;
    QGridLayout* m_grid;
    std::vector<QWidget*> m_fields;  // in the order they stand in
    QSpinBox* m_dimension;
    QSpinBox* m_window;
    QSpinBox* m_negatives;
    QSpinBox* m_epochs;
    QSpinBox* m_minCount;
    QDoubleSpinBox* m_sample;
    QSpinBox* m_mostWords;
    QSpinBox* m_threads;
    QSpinBox* m_seed;
    int m_columns = 0;
};

}  // namespace lexiscope
