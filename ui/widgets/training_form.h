// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/word_training.h"
#include "ui/widgets/field_grid.h"
#include "ui/widgets/segmented.h"

#include <QWidget>

class QDoubleSpinBox;
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

  private:
    Segmented* m_model;
    FieldGrid* m_grid;
    QSpinBox* m_dimension;
    QSpinBox* m_window;
    QSpinBox* m_negatives;
    QSpinBox* m_epochs;
    QSpinBox* m_minCount;
    QDoubleSpinBox* m_sample;
    QSpinBox* m_mostWords;
    QSpinBox* m_threads;
    QSpinBox* m_seed;
};

}  // namespace lexiscope
