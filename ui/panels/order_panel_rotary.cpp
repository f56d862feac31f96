// SPDX-License-Identifier: GPL-3.0-or-later
// OrderPanel: the view of rotary positions.
#include "core/embedding/distances.h"
#include "core/position/rotary_score.h"
#include "ui/panels/order_panel.h"
#include "ui/plots/order_figures.h"
#include "ui/plots/view_transform.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

namespace lexiscope {
namespace {

constexpr std::size_t leastTurned = 2;

}  // namespace

void OrderPanel::listenToRotary() {
    for (const Side& side : m_sides) {
        connect(side.word, &QComboBox::activated, this, &OrderPanel::scheduleRefresh);
        connect(side.position, &QSlider::valueChanged, this, &OrderPanel::scheduleRefresh);
    }
    connect(m_both, &QSlider::valueChanged, this, &OrderPanel::slideBoth);
}

std::optional<RotaryOptions> OrderPanel::rotaryOptions() const {
    const std::shared_ptr<const OrderResult> read = result();
    const std::size_t even = read ? read->dimension() / 2 * 2 : 0;
    if (even < leastTurned) {
        return std::nullopt;
    }
    RotaryOptions options;
    options.length = lastPlace + 1;
    options.dimension = even;
    options.layout = RotaryLayout::Interleaved;
    if (const std::optional<RotarySettings>& own = vectorModel()->rotary) {
        options.dimension = std::min(even, own->dimension);
        options.base = own->base;
        options.layout = own->layout;
        options.scaling = own->scaling;
    }
    return validate(options).ok() ? std::optional(options) : std::nullopt;
}

void OrderPanel::fillWords() {
    const std::shared_ptr<const OrderResult> read = result();
    if (!read || !m_analysis->isCurrent() || read->first.ids == m_listed) {
        return;
    }
    m_listed = read->first.ids;
    const auto count = static_cast<int>(m_listed.size());
    const std::array usual = {count - 1, 0};
    for (std::size_t i = 0; i < m_sides.size(); ++i) {
        QComboBox* box = m_sides.at(i).word;
        const QSignalBlocker quiet(box);
        box->clear();
        for (const TokenId id : m_listed) {
            box->addItem(shownToken(*read->model, rowOf(id)));
        }
        const int wanted = std::exchange(m_wantedWords.at(i), -1);
        box->setCurrentIndex(wanted >= 0 && wanted < count ? wanted : usual.at(i));
    }
    m_player->setSteps(count);
    m_player->setStep(m_wantedStep.value_or(count - 1));
    m_wantedStep.reset();
}

std::span<const float> OrderPanel::rowOfSide(const Side& side) const {
    const std::shared_ptr<const OrderResult> read = result();
    const int at = side.word->currentIndex();
    if (!read || at < 0 || static_cast<std::size_t>(at) >= read->first.size()) {
        return {};
    }
    const std::size_t dimension = read->dimension();
    return std::span(read->first.rows).subspan(static_cast<std::size_t>(at) * dimension, dimension);
}

void OrderPanel::slideBoth(int place) {
    const int difference = m_sides[0].position->value() - m_sides[1].position->value();
    const std::array ahead = {std::max(difference, 0), std::max(-difference, 0)};
    for (std::size_t i = 0; i < m_sides.size(); ++i) {
        const QSignalBlocker quiet(m_sides.at(i).position);
        m_sides.at(i).position->setValue(place + ahead.at(i));
    }
    scheduleRefresh();
}

void OrderPanel::refreshSliders() {
    const int query = m_sides[0].position->value();
    const int key = m_sides[1].position->value();
    const QSignalBlocker quiet(m_both);
    m_both->setRange(0, lastPlace - std::abs(query - key));
    m_both->setValue(std::min(query, key));
    const QFont text = theme().textFont(13);
    const QFont number = theme().monoFont(13);
    const int wide = QFontMetrics(number).horizontalAdvance(QStringLiteral("%1").arg(lastPlace)) + 2;
    for (const Side& side : m_sides) {
        style(*side.name, text, theme().text);
        style(*side.place, number, theme().text);
        side.place->setText(QString::number(side.position->value()));
        side.place->setMinimumWidth(wide);
    }
    style(*m_bothName, text, theme().text);
    style(*m_bothPlace, number, theme().text);
    m_bothPlace->setText(QString::number(m_both->value()));
}

QString OrderPanel::rotaryVerdict() const {
    if (rowOfSide(m_sides[0]).empty() || rowOfSide(m_sides[1]).empty() || !rotaryOptions()) {
        return {};
    }
    return tr("%1 asks at position %2, %3 answers at position %4. Each pair of numbers is turned as far as "
              "its word stands from the start; slid together, both turn alike, and the score stays.")
        .arg(m_sides[0].word->currentText())
        .arg(m_sides[0].position->value())
        .arg(m_sides[1].word->currentText())
        .arg(m_sides[1].position->value());
}

void OrderPanel::refreshRotaryNumbers(const RotaryFigure& figure) {
    const bool isThere = !figure.scores.empty();
    const std::array<QString, 4> names = {tr("score"), tr("difference"), tr("angle"),
                                          tr("changes when slid")};
    std::array<QString, 4> values;
    if (isThere) {
        const RotaryOptions options = *rotaryOptions();
        const double amplitude = rotaryWaves(options).amplitude;
        const double lengths = norm(rowOfSide(m_sides[0]).first(options.dimension)) *
                               norm(rowOfSide(m_sides[1]).first(options.dimension));
        const double cosine = figure.score() / (amplitude * amplitude * lengths);
        const double angle = std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / std::numbers::pi;
        const auto [least, most] = std::minmax_element(figure.slide.begin(), figure.slide.end());
        values = {numberText(figure.score(), 6), numberText(static_cast<double>(figure.difference()), 0),
                  lengths > 0 ? numberText(angle, 2) + QChar(0x00b0) : QStringLiteral("–"),
                  distanceText(*most - *least)};
    }
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        const Number& number = m_numbers.at(i);
        number.name->setFont(theme().textFont(12));
        number.name->setColor(theme().muted);
        number.name->setText(names.at(i));
        number.value->setFont(theme().monoFont(13, QFont::DemiBold));
        number.value->setColor(theme().text);
        number.value->setText(values.at(i));
        number.name->setVisible(isThere);
        number.value->setVisible(isThere);
    }
}

void OrderPanel::refreshRotary() {
    refreshSliders();
    RotaryFigure figure;
    figure.message = message();
    const std::optional<RotaryOptions> options = rotaryOptions();
    if (figure.message.isEmpty() && result() && !options) {
        figure.message = tr("Rotary positions turn pairs of numbers, and this model has no pair.");
    }
    const std::span<const float> query = rowOfSide(m_sides[0]);
    const std::span<const float> key = rowOfSide(m_sides[1]);
    if (figure.message.isEmpty() && options && !query.empty() && !key.empty()) {
        const std::span<const float> q = query.first(options->dimension);
        const std::span<const float> k = key.first(options->dimension);
        figure.query = m_sides[0].word->currentText();
        figure.key = m_sides[1].word->currentText();
        figure.queryPosition = static_cast<std::size_t>(m_sides[0].position->value());
        figure.keyPosition = static_cast<std::size_t>(m_sides[1].position->value());
        figure.scores = rotaryScores(*options, q, k, lastPlace);
        figure.slide = rotarySlide(*options, q, figure.queryPosition, k, figure.keyPosition, lastPlace);
        figure.pair = tellingPair(*options, q, k);
        const RotaryWaves waves = rotaryWaves(*options);
        figure.radiansPerPosition = 1 / waves.divisors[figure.pair];
        const auto [first, second] = rotaryPair(*options, figure.pair);
        const auto hand = [&, first = first, second = second](std::span<const float> row,
                                                              std::size_t position) {
            std::vector<double> turned(row.size());
            turnRow(*options, waves, position, row, turned);
            return QPointF(turned[first], turned[second]);
        };
        figure.queryHand = hand(q, figure.queryPosition);
        figure.keyHand = hand(k, figure.keyPosition);
        figure.dimmed = !m_analysis->isCurrent();
    }
    refreshRotaryNumbers(figure);
    m_rotaryControls->setVisible(m_context.controls && !figure.scores.empty());
    m_rotary->setFigure(std::move(figure));
}

}  // namespace lexiscope
