// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/stage_plot.h"
#include "ui/session/trace_analysis.h"
#include "ui/widgets/again_button.h"

#include <optional>

namespace lexiscope {

/// The text after each stage of the tokenizer, with what the stage changed marked: added tokens taken out,
/// each normalizer, each pre-tokenizer, the model, what is put around. Of a long text the part around the
/// selected token.
class PipelinePanel : public Panel {
    Q_OBJECT
  public:
    explicit PipelinePanel(const PanelContext& context, QWidget* parent = nullptr);

    bool isBusy() const override { return m_analysis->isBusy(); }
    std::optional<Error> failure() const override;
    int contentWidth() const override;
    QStringList parameters() const override;
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;

  private:
    std::shared_ptr<const EncodedText> wantedText() const;
    std::optional<std::size_t> selectedToken() const;
    StageWindow window() const;
    void select(std::size_t token);
    QString message() const;
    QString partText() const;

    TraceAnalysis* m_analysis;  // of all that look at the text
    StagePlot* m_plot;
    AgainButton* m_again;
    std::optional<std::size_t> m_place;  // byte of a long text that is in view, whatever is selected
};

}  // namespace lexiscope
