// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <functional>
#include <limits>
#include <vector>

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace lexiscope {

/// One thing that a view (see Panel::saveView) can say, and the values that make sense for it whatever is
/// loaded. A view is read and written at it: view[key].
struct ViewKey {
    QString name;
    QString form;  ///< the values, in words: "a whole number from 0"
    std::function<bool(const QJsonValue&)> takes;

    // NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions): a key is its name
    operator const QString&() const { return name; }
};

/// All that a view can say. Each panel has its own, one key a line, which reading, writing and what is said
/// of a wrong one all use:
///
///     struct MergesKeys : ViewKeys {
///         ViewKey step = whole("step");
///         ViewKey view = oneOf("view", {"rows", "tree"});
///     };
///
/// Views that were kept, as those of a layout, are read as far as they make sense: they may come from a
/// program that said other things. One that a person writes is checked.
class ViewKeys {
  public:
    ViewKeys() = default;
    ViewKeys(const ViewKeys&) = delete;
    ViewKeys& operator=(const ViewKeys&) = delete;
    ~ViewKeys() = default;

    const std::vector<ViewKey>& all() const { return m_all; }

    /// InvalidArgument for a key that is not among them, with those there are as the hint, and for a value
    /// that its key does not take, with those that it does.
    Result<Done> check(const QJsonObject& view) const;

  protected:
    static constexpr double largest = 9007199254740992;  // that a number of JSON holds exactly

    ViewKey whole(const char* name, double least = 0, double most = largest);
    ViewKey number(const char* name, double least = std::numeric_limits<double>::lowest(),
                   double most = std::numeric_limits<double>::max());
    ViewKey flag(const char* name);
    ViewKey text(const char* name);
    ViewKey oneOf(const char* name, const QStringList& choices);
    /// Likewise of more than a person would read; `form` tells them in few words.
    ViewKey oneOfMany(const char* name, const QStringList& choices, const QString& form);
    /// [first, how many]
    ViewKey stretch(const char* name);
    /// A list of `fewest` to `most` numbers of at least `least`; `form` says what they are.
    ViewKey numbers(const char* name, const QString& form, int fewest, int most, double least = 0);
    ViewKey add(const char* name, const QString& form, std::function<bool(const QJsonValue&)> takes);
    /// Also what a part of it can say.
    void include(const ViewKeys& part);

  private:
    std::vector<ViewKey> m_all;
};

/// A list whose entries are all such.
bool isListOf(const QJsonValue& value, const std::function<bool(const QJsonValue&)>& isSuch);
bool isWhole(const QJsonValue& value, double least, double most);

}  // namespace lexiscope
