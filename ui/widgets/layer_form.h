// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/embedding_layer.h"
#include "ui/widgets/field_grid.h"
#include "ui/widgets/plain_number_field.h"

class QComboBox;
class QSpinBox;

namespace lexiscope {

/// What an embedding layer is made from. No field takes a value that LayerOptions does not.
class LayerForm : public FieldGrid {
    Q_OBJECT
  public:
    explicit LayerForm(QWidget* parent = nullptr);

    LayerOptions options() const;
    /// Emits nothing. The options are valid.
    void setOptions(const LayerOptions& options);

  Q_SIGNALS:
    /// Somebody has changed a field.
    void edited();

  private:
    void listen();
    /// What fits the other fields: V × D is bounded, and the padding row is one of V.
    void bound();
    void showSpread();
    LayerStart start() const;
    bool hasSpread() const;

    QSpinBox* m_rows;
    QSpinBox* m_dimension;
    QComboBox* m_start;
    PlainNumberField* m_spread;
    QSpinBox* m_padding;
    QSpinBox* m_seed;
    double m_chosenSpread = 1;  // while the one shown follows from V and D
};

}  // namespace lexiscope
