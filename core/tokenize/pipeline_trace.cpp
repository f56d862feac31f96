// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/pipeline_trace.h"

#include "core/tokenize/stage_tracer.h"

#include <memory>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

class Tracing {
  public:
    Tracing(const PipelineStages& stages, std::string_view text, Progress& progress)
        : m_stages(stages), m_progress(progress), m_tracer(text, progress) {}

    Result<StageTrace> go(const EncodeOptions& options) {
        const PipelineParts& parts = m_stages.parts;
        if (Result<Done> done = takeOut(m_stages.inSource); !done.ok()) {
            return done.error();
        }
        if (Result<Done> done = normalize(parts.normalizer.get()); !done.ok()) {
            return done.error();
        }
        if (Result<Done> done = takeOut(m_stages.inNormalized); !done.ok()) {
            return done.error();
        }
        if (Result<Done> done = cut(parts.preTokenizer.get()); !done.ok()) {
            return done.error();
        }
        if (Result<Done> done = tokenize(); !done.ok()) {
            return done.error();
        }
        if (options.addSpecial && parts.before.size() + parts.after.size() > 0) {
            m_tracer.putAround(parts.before, parts.after);
        }
        return std::move(m_tracer).take();
    }

  private:
    Result<Done> takeOut(const AddedTokens& added) {
        if (added.isEmpty()) {
            return Done{};
        }
        return m_tracer.takeOut([&added](std::string_view text) {
            std::vector<StageTracer::TakenOut> taken;
            for (const AddedTokens::Match& match : added.findIn(text)) {
                taken.push_back({match.span, match.token->id,
                                 match.token->isSpecial ? TokenKind::Special : TokenKind::Normal});
            }
            return taken;
        });
    }

    Result<Done> normalize(const Normalizer* normalizer) {
        if (normalizer == nullptr) {
            return Done{};
        }
        if (normalizer->steps().empty()) {
            return m_tracer.rewrite(normalizer->name(), normalizer->detail(), [&](AlignedText text) {
                return normalizer->apply(std::move(text), m_progress);
            });
        }
        for (const NormalizerPtr& step : normalizer->steps()) {
            if (Result<Done> done = normalize(step.get()); !done.ok()) {
                return done;
            }
        }
        return Done{};
    }

    Result<Done> cut(const PreTokenizer* preTokenizer) {
        if (preTokenizer == nullptr) {
            return Done{};
        }
        if (preTokenizer->steps().empty()) {
            return m_tracer.split(preTokenizer->name(), preTokenizer->detail(),
                                  [&](SplitText& text) { return preTokenizer->apply(text); });
        }
        for (const PreTokenizerPtr& step : preTokenizer->steps()) {
            if (Result<Done> done = cut(step.get()); !done.ok()) {
                return done;
            }
        }
        return Done{};
    }

    Result<Done> tokenize() {
        const TokenModel& model = *m_stages.parts.model;
        const std::unique_ptr<TokenModel::Run> run = model.begin();
        return m_tracer.tokenize(std::string(model.name()),
                                 [&](std::string_view piece, std::vector<PieceToken>& tokens) {
                                     return run->tokenize(piece, tokens, m_progress);
                                 });
    }

    const PipelineStages& m_stages;
    Progress& m_progress;
    StageTracer m_tracer;
};

}  // namespace

Result<StageTrace> tracePipeline(const PipelineStages& stages, std::string_view text,
                                 const EncodeOptions& options, Progress& progress) {
    Result<StageTrace> trace = Tracing(stages, text, progress).go(options);
    return trace.ok() ? std::move(trace) : Result<StageTrace>(stages.parts.inFile(trace.error()));
}

}  // namespace lexiscope
