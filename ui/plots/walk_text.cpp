// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/walk_text.h"

#include "core/base/utf8.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <variant>

#include <QCoreApplication>

namespace lexiscope {
namespace {

class WalkTexts {
    Q_DECLARE_TR_FUNCTIONS(WalkTexts)
  public:
    explicit WalkTexts(const PieceWalk& walk) : m_walk(walk) {}

    QString of(const MergeTrace& trace, std::size_t step) const {
        if (step > trace.merges()) {
            return leftOvers();
        }
        QString end;
        if (step == trace.merges()) {
            end = u' ' + (trace.isLookedUp
                              ? tr("The tokenizer need not merge: it looks the whole piece up first.")
                              : tr("No pair is left that merges."));
        }
        return (step == 0 ? begin(trace) : merge(trace, step)) + end;
    }

    QString of(const MatchTrace& trace, std::size_t step) const {
        if (step == 0) {
            return trace.outcome == MatchTrace::Outcome::TooLong
                       ? tr("The word is longer than the tokenizer takes.")
                       : tr("The longest entry of the vocabulary that begins the word is looked for: all of "
                            "it first, then a character less each time.");
        }
        if (step > trace.attempts.size()) {
            return trace.outcome == MatchTrace::Outcome::TooLong
                       ? tr("The word is longer than the tokenizer takes: all of it becomes the unknown "
                            "token.")
                       : tr("No entry goes on from here: all of the word becomes the unknown token.");
        }
        const MatchTrace::Attempt& attempt = trace.attempts[step - 1];
        const QString what =
            quoted((attempt.span.begin > 0 ? QString::fromStdString(trace.prefix) : QString()) +
                   label(attempt.span));
        if (!attempt.id) {
            return tr("%1 is not in the vocabulary.").arg(what) + longerOnes(trace, step - 1);
        }
        const QString found = tr("%1 is in the vocabulary: ID %2.").arg(what).arg(attempt.id->value);
        return attempt.span.end == m_walk.text.size()
                   ? found + u' ' + tr("That is the end of the word.")
                   : found + u' ' +
                         tr("What follows is looked for with %1 before it.")
                             .arg(quoted(QString::fromStdString(trace.prefix)));
    }

    /// Of the first attempt from its place on: what is not told before it.
    QString longerOnes(const MatchTrace& trace, std::size_t number) const {
        const ByteSpan& span = trace.attempts[number].span;
        const bool isFirst = number == 0 || trace.attempts[number - 1].span.begin != span.begin;
        const std::string_view rest = std::string_view(m_walk.text).substr(span.end);
        if (!isFirst || rest.empty()) {
            return {};
        }
        const std::size_t count = countCharacters(rest);
        return u' ' + counted(count, tr("One longer beginning was passed over: no entry is as long."),
                              tr("%1 longer beginnings were passed over: no entry is as long."));
    }

    QString of(const LatticeTrace& trace, std::size_t step) const {
        if (step == 0) {
            return tr(
                "Entries of the vocabulary lead from place to place; each has a score, the logarithm "
                "of how likely it is. Wanted is the way to the end with the largest sum.");
        }
        if (step >= trace.places.size()) {
            return tr("Back from the end along the best ways: the largest sum is %1.")
                .arg(number(trace.places.back().best));
        }
        const LatticeTrace::Place& place = trace.places[step - 1];
        const std::size_t first = step == 1 ? 0 : trace.places[step - 2].edgesEnd;
        const auto count = static_cast<qulonglong>(place.edgesEnd - first);
        const QString entries = count == 1 && !trace.edges[first].id
                                    ? tr("no entry begins, so a character is passed as unknown")
                                : count == 1 ? tr("1 entry begins")
                                             : tr("%1 entries begin").arg(count);
        return step == 1
                   ? tr("At the beginning %1. What leads to a place better than all before is drawn full.")
                         .arg(entries)
                   : tr("After %1 %2; the best sum so far is %3.")
                         .arg(quoted(label({0, place.byte})), entries, number(place.best));
    }

    QString of(const LookupTrace& trace, std::size_t) const {
        const QString what = quoted(label({0, m_walk.text.size()}));
        return trace.id ? tr("%1 is in the vocabulary: ID %2.").arg(what).arg(trace.id->value)
                        : tr("%1 is not in the vocabulary.").arg(what);
    }

  private:
    static QString quoted(const QString& text) { return u'“' + text + u'”'; }
    QString label(const ByteSpan& span) const { return walkLabel(m_walk, span); }
    static QString number(double value) {
        QString text = QString::number(value, 'f', 2);
        return text.startsWith(u'-') ? QChar(0x2212) + text.mid(1) : text;
    }

    static std::size_t pairsThatMerge(const std::vector<std::uint32_t>& ranks) {
        return static_cast<std::size_t>(
            std::count_if(ranks.begin(), ranks.end(), [](auto rank) { return rank != MergeTrace::noRank; }));
    }

    QString begin(const MergeTrace& trace) const {
        if (trace.leaves == 1 && trace.nodes.front().isClosed) {
            return tr("%1 is in the vocabulary as it is: nothing has to merge.")
                .arg(quoted(label(trace.nodes.front().span)));
        }
        const QString symbols = trace.leaves == 1 ? tr("The piece is 1 symbol.")
                                                  : tr("The piece begins as %1 symbols.").arg(trace.leaves);
        const std::size_t pairs = pairsThatMerge(trace.ranks.front());
        if (trace.isLookedUp) {
            return tr("%1 is looked up whole first, and found: ID %2. Its merges would lead there too.")
                       .arg(quoted(label({0, m_walk.text.size()})))
                       .arg(trace.nodes.back().id->value) +
                   u' ' + symbols;
        }
        if (pairs == 0) {
            return symbols;
        }
        return symbols + u' ' +
               (pairs == 1 ? tr("1 pair beside each other is in the list of merges.")
                           : tr("%1 pairs beside each other are in the list of merges: the lowest rank goes "
                                "first.")
                                 .arg(pairs));
    }

    QString merge(const MergeTrace& trace, std::size_t step) const {
        const MergeTrace::Node& node = trace.nodes[trace.leaves + step - 1];
        const std::size_t pairs = pairsThatMerge(trace.ranks[step - 1]);
        const QString why =
            pairs == 1 ? tr("the only pair that merges") : tr("the lowest of %1 pairs that merge").arg(pairs);
        return tr("Merge %1 of %2: %3 + %4, rank %5, %6.")
            .arg(QString::number(step), QString::number(trace.merges()),
                 quoted(label(trace.nodes[node.left].span)), quoted(label(trace.nodes[node.right].span)),
                 groupedText(node.rank), why);
    }

    QString leftOvers() const {
        const bool hasBytes =
            std::any_of(m_walk.trace.tokens.begin(), m_walk.trace.tokens.end(),
                        [](const PieceToken& token) { return token.kind == TokenKind::Byte; });
        return hasBytes ? tr("What is no entry of the vocabulary is told byte by byte.")
                        : tr("What is no entry of the vocabulary becomes the unknown token.");
    }

    const PieceWalk& m_walk;
};

/// Something is left that is no entry of the vocabulary.
bool hasLeftOvers(const MergeTrace& trace) {
    const std::vector<std::size_t> last = trace.stateAfter(trace.merges());
    return std::any_of(last.begin(), last.end(),
                       [&](std::size_t node) { return !trace.nodes[node].id.has_value(); });
}

std::size_t stepsIn(const MergeTrace& trace) {
    return trace.merges() + 1 + (hasLeftOvers(trace) ? 1 : 0);
}
std::size_t stepsIn(const MatchTrace& trace) {
    return trace.attempts.size() + 1 + (trace.outcome == MatchTrace::Outcome::Whole ? 0 : 1);
}
std::size_t stepsIn(const LatticeTrace& trace) {
    return trace.places.size() + 1;
}
std::size_t stepsIn(const LookupTrace&) {
    return 1;
}

}  // namespace

std::size_t stepsOf(const PieceWalk& walk) {
    return std::visit([](const auto& trace) { return stepsIn(trace); }, walk.trace.steps);
}

bool hasTree(const PieceWalk& walk) {
    return std::holds_alternative<MergeTrace>(walk.trace.steps);
}

QString walkText(const PieceWalk& walk, std::size_t step) {
    const WalkTexts texts(walk);
    return std::visit([&](const auto& trace) { return texts.of(trace, step); }, walk.trace.steps);
}

QString walkLabel(const PieceWalk& walk, const ByteSpan& span) {
    return QString::fromStdString(displayText(std::string_view(walk.text).substr(span.begin, span.size())));
}

}  // namespace lexiscope
