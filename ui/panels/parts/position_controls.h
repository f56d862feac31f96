// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/position_results.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/segmented.h"

#include <memory>
#include <optional>
#include <vector>

#include <QJsonObject>
#include <QObject>
#include <QWidget>

class QDoubleSpinBox;
class QSpinBox;

namespace lexiscope {

class ViewKeys;

/// Which positions are shown and what they are made from: two buttons for the kinds, and a row of fields of
/// which only those stand there that matter for the kinds.
class PositionControls : public QObject {
    Q_OBJECT
  public:
    /// The widgets are children of `shelf` until somebody takes them.
    PositionControls(const ThemeSource& theme, QWidget* shelf, QObject* parent);

    QWidget* kindButtons() { return m_kinds; }
    QWidget* settings() { return m_settings; }
    /// With little room fields have short names.
    void setShort(bool isShort);

    std::vector<PositionKind> kinds() const;
    bool shows(PositionKind kind) const;
    PositionInputs inputs() const;
    /// Kinds, length and dimension follow the model, these two until somebody chooses others.
    void follow(const std::shared_ptr<const Model>& model);

    /// What of a view is theirs.
    static const ViewKeys& viewKeys();
    void save(QJsonObject& view) const;
    /// What is missing or makes no sense is left as it is.
    void restore(const QJsonObject& view);

  Q_SIGNALS:
    void changed();
    /// What is shown has another shape now.
    void kindsChanged();

  private:
    void buildKinds(QWidget* shelf);
    void buildSettings(const ThemeSource& theme, QWidget* shelf);
    void buildScaling();
    void listen();
    void offerKinds();
    void showFields();
    RotaryScaling scaling() const;
    int usualKind() const;
    void followRotary();
    void restoreKinds(const QJsonObject& view);
    void restoreFields(const QJsonObject& view);

    QWidget* m_kinds = nullptr;
    ChoiceButton* m_kind = nullptr;
    ChoiceButton* m_beside = nullptr;
    QWidget* m_settings = nullptr;
    QSpinBox* m_length = nullptr;
    QSpinBox* m_dimension = nullptr;
    QSpinBox* m_base = nullptr;
    Segmented* m_layout = nullptr;
    QSpinBox* m_heads = nullptr;
    QSpinBox* m_head = nullptr;
    ChoiceButton* m_scaling = nullptr;
    QDoubleSpinBox* m_factor = nullptr;
    QSpinBox* m_original = nullptr;

    std::shared_ptr<const Model> m_model;
    std::optional<int> m_kindChosen;  ///< also while the model lacks it
    int m_besideChosen = 0;           ///< 0: none, else the kind's number and one
    bool m_lengthChosen = false;
    bool m_dimensionChosen = false;
    bool m_wavesChosen = false;    ///< base, layout or scaling
    RotaryScaling m_modelScaling;  ///< what there is no field for
};

}  // namespace lexiscope
