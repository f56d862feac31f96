// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/tokenizer_training.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/field_grid.h"
#include "ui/widgets/segmented.h"

#include <QWidget>

class QCheckBox;
class QSpinBox;

namespace lexiscope {

/// How a tokenizer is learned: its kind, and the fields that this kind has. No field takes a value that
/// TokenizerTrainingOptions does not.
class TokenizerForm : public QWidget {
    Q_OBJECT
  public:
    explicit TokenizerForm(const ThemeSource& theme, QWidget* parent = nullptr);

    TokenizerTrainingOptions options() const;
    void setOptions(const TokenizerTrainingOptions& options);
    /// Whose cuts they are, for people: "GPT-4".
    static QString nameOf(SplitScheme split);

  Q_SIGNALS:
    /// A person chose another kind; the fields are as they were.
    void kindChosen(lexiscope::TokenizerKind kind);

  private:
    TokenizerKind kind() const;
    void showFields();

    Segmented* m_kind;
    FieldGrid* m_grid;
    QSpinBox* m_vocabulary;
    QSpinBox* m_minCount;
    ChoiceButton* m_split;
    QCheckBox* m_isCased;
};

}  // namespace lexiscope
