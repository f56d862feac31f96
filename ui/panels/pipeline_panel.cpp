// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pipeline_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>

#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr std::size_t mostShown = 480;  // bytes of the text

/// What a view of it can say.
struct PipelineKeys : ViewKeys {
    ViewKey place = whole("byte");
};

const PipelineKeys& pipelineKeys() {
    static const PipelineKeys all;
    return all;
}

/// Not inside a character.
std::size_t edgeAt(const std::string& text, std::size_t place) {
    const auto isInside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    while (place > 0 && isInside(place)) {
        --place;
    }
    return place;
}

}  // namespace

PipelinePanel::PipelinePanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("pipeline"), tr("Stages of the text"), {Analyses::Encoding}, parent),
      m_analysis(&context.analyses.trace()),
      m_plot(new StagePlot(context.theme, this)),
      m_again(new AgainButton(tr("Follow the text again"), this)) {
    m_plot->setObjectName(QStringLiteral("plot"));
    m_plot->setWhole(!context.controls);
    m_again->standIn(m_plot, [plot = m_plot] { return QRectF(plot->viewport()->rect()); });
    columnOf(this, 0)->addWidget(m_plot, 1);
    connect(m_analysis, &TraceAnalysis::changed, this, &PipelinePanel::scheduleRefresh);
    connect(m_again, &QPushButton::clicked, m_analysis, &TraceAnalysis::retry);
    connect(&context.selection, &Selection::selectedChanged, this, [this] { m_place.reset(); });
    connect(m_plot, &StagePlot::tokenClicked, this,
            [this](int token) { select(static_cast<std::size_t>(token)); });
    connect(m_plot, &StagePlot::tokenWanted, this, [this](int by) {
        const auto now = static_cast<long long>(selectedToken().value_or(0));
        if (now + by >= 0) {
            select(static_cast<std::size_t>(now + by));
        }
    });
}

std::shared_ptr<const EncodedText> PipelinePanel::wantedText() const {
    const std::shared_ptr<const EncodedText> encoded = m_context.analyses.encoding(slot());
    const bool isOfModel = encoded && model() && encoded->tokenizer == model()->tokenizer;
    return isOfModel ? encoded : nullptr;
}

std::optional<std::size_t> PipelinePanel::selectedToken() const {
    const std::optional<Selected>& selected = m_context.selection.selected();
    const std::shared_ptr<const TracedText>& traced = m_analysis->result();
    if (!traced || !selected || selected->slot != slot() || !selected->position ||
        selected->position->value >= traced->trace.encoding.tokens.size()) {
        return std::nullopt;
    }
    return selected->position->value;
}

void PipelinePanel::select(std::size_t token) {
    const std::shared_ptr<const TracedText>& traced = m_analysis->result();
    if (!traced || token >= traced->trace.encoding.tokens.size()) {
        return;
    }
    if (const std::optional<TokenId> id = traced->trace.encoding.tokens[token].id) {
        m_context.selection.select({slot(), rowOf(*id), Position{static_cast<std::uint32_t>(token)}});
    }
}

StageWindow PipelinePanel::window() const {
    const TracedText& traced = *m_analysis->result();
    const std::string& text = traced.encoded->text;
    StageWindow window{{0, text.size()}};
    if (const std::optional<std::size_t> token = selectedToken()) {
        window.selected = traced.trace.encoding.tokens[*token].source;
    }
    if (text.size() > mostShown) {
        const std::size_t place = std::min(m_place.value_or(window.selected.begin), text.size());
        const std::size_t begin = edgeAt(text, place > mostShown / 4 ? place - mostShown / 4 : 0);
        window.source = {begin, edgeAt(text, std::min(begin + mostShown, text.size()))};
    }
    return window;
}

void PipelinePanel::refresh() {
    m_analysis->setText(wantedText());
    const std::optional<Error>& failure = m_analysis->failure();
    m_again->offer(failure && failure->code == ErrorCode::Cancelled);
    const QString said = message();
    if (!said.isEmpty()) {
        m_plot->setMessage(said);
        setFact({});
        return;
    }
    const QSize before = m_plot->sizeHint();
    m_plot->setStages(m_analysis->result(), window(), !m_analysis->isCurrent());
    if (!m_context.controls && m_plot->sizeHint() != before) {
        Q_EMIT heightWanted();
    }
    const std::size_t stages = m_analysis->result()->trace.stages.size() - 1;
    const std::string_view kind = m_analysis->result()->encoded->tokenizer->kind();
    QStringList parts{QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())),
                      stages == 1 ? tr("1 stage") : tr("%1 stages").arg(stages), partText()};
    parts.removeAll(QString());
    setFact(parts.join(QStringLiteral(" · ")));
}

QString PipelinePanel::partText() const {
    const ByteSpan shown = window().source;
    const std::size_t all = m_analysis->result()->encoded->text.size();
    return shown.size() == all
               ? QString()
               : tr("bytes %1 to %2 of %3")
                     .arg(groupedText(shown.begin), groupedText(shown.end - 1), groupedText(all));
}

std::optional<Error> PipelinePanel::failure() const {
    if (m_analysis->isTooLong()) {
        return Error{ErrorCode::InvalidArgument, "text", "is longer than 1 MB: its stages are not followed",
                     "take a part of it"};
    }
    const std::optional<Error> failed = Panel::failure();
    return failed ? failed : m_analysis->failure();
}

QString PipelinePanel::message() const {
    if (const QString without = noTokens(slot()); !without.isEmpty()) {
        return without;
    }
    if (m_analysis->isTooLong()) {
        return tr("The text is longer than 1 MB: its stages are not shown.");
    }
    if (const std::optional<Error>& failure = m_analysis->failure()) {
        return failure->code == ErrorCode::Cancelled ? tr("Following the text was cancelled.")
                                                     : QString::fromStdString(toString(*failure));
    }
    const std::shared_ptr<const TracedText>& traced = m_analysis->result();
    const bool isOfModel = traced && traced->encoded->tokenizer == model()->tokenizer;
    if (!isOfModel) {
        return tr("Following the text to its tokens…");
    }
    return traced->encoded->text.empty() ? tr("There is no text to cut.") : QString();
}

int PipelinePanel::contentWidth() const {
    return m_plot->contentWidth();
}

QStringList PipelinePanel::parameters() const {
    return m_analysis->result() && !m_analysis->isTooLong() && !partText().isEmpty() ? QStringList{partText()}
                                                                                     : QStringList();
}

const ViewKeys& PipelinePanel::viewKeys() {
    return pipelineKeys();
}

QJsonObject PipelinePanel::saveView() const {
    if (!m_analysis->result() || m_analysis->result()->encoded->text.size() <= mostShown) {
        return {};
    }
    const std::size_t place = m_place.value_or(window().selected.begin);
    return {{pipelineKeys().place, static_cast<int>(place)}};
}

void PipelinePanel::restoreView(const QJsonObject& view) {
    if (const int place = view[pipelineKeys().place].toInt(-1); place >= 0) {
        m_place = static_cast<std::size_t>(place);
        scheduleRefresh();
    }
}

std::vector<DataTable> PipelinePanel::data() const {
    if (!model() || !m_analysis->isCurrent() || m_analysis->isTooLong()) {
        return {};
    }
    return {stageTable(tr("The pieces after each stage"), *model(), m_analysis->result())};
}

}  // namespace lexiscope
