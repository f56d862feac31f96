// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sample_texts.h"

#include "ui/session/tr.h"

namespace lexiscope {
namespace {

constexpr auto sentence = "The king and the queen of France walked along the river.";

constexpr auto wordOrder = "The dog bites the man.\nThe man bites the dog.";

constexpr auto oneWord =
    "She sat on the bank of the river until the bank opened.\n"
    "They saw her duck behind the duck pond, and light the light lamp.";

constexpr auto wordParts =
    "walk walks walked walking walker\n"
    "happy unhappy happiness unhappily\n"
    "antidisestablishmentarianism, counterrevolutionaries, unputdownable\n"
    "frindle glorpish snazzlewump";

constexpr auto prose =
    "On the first morning of autumn the old lighthouse keeper climbed the stairs as he had done every day "
    "for "
    "thirty years. Below him the sea was grey and quiet, and a single boat lay at anchor in the bay.\n"
    "“You could have told me,” he said to nobody in particular, “that it would be today.”";

constexpr auto languages =
    "Tomorrow it will rain, so take an umbrella with you.\n"
    "Morgen wird es regnen, also nimm einen Regenschirm mit.\n"
    "Demain il pleuvra, alors prends un parapluie avec toi.\n"
    "Mañana lloverá, así que llévate un paraguas.\n"
    "Domani pioverà, quindi porta con te un ombrello.\n"
    "Jutro będzie padać, więc weź ze sobą parasol.\n"
    "Huomenna sataa, joten ota sateenvarjo mukaasi.\n"
    "Yarın yağmur yağacak, yanına şemsiye al.\n"
    "Ngày mai trời sẽ mưa, vì vậy hãy mang theo ô.";

constexpr auto scripts =
    "Αύριο θα βρέξει.\n"
    "Завтра будет дождь.\n"
    "Վաղը անձրև կգա։\n"
    "ხვალ იწვიმებს.\n"
    "מחר ירד גשם.\n"
    "غدا ستمطر.\n"
    "कल बारिश होगी।\n"
    "พรุ่งนี้ฝนจะตก\n"
    "明天会下雨。\n"
    "明日は雨が降ります。\n"
    "내일은 비가 올 거예요.";

constexpr auto code =
    "def greatest(values):\n"
    "    \"\"\"The largest of some numbers.\"\"\"\n"
    "    best = values[0]\n"
    "    for value in values[1:]:\n"
    "        if value > best:\n"
    "            best = value\n"
    "    return best\n"
    "\n"
    "for (int i = 0; i < 10; ++i) { sum += data[i] * 0x1F; }  // C\n"
    "<a href=\"https://example.org/?q=1&n=2\">link</a>";

constexpr auto numbers =
    "7 77 777 7777 77777 777777\n"
    "1,000,000 and 1000000 and 1.0e6 and 10⁶\n"
    "3.14159265358979 −273.15 °C 50 % 1/3 ½ Ⅳ\n"
    "2024-02-29, 23:59:59, +49 30 123456, $19.99\n"
    "12 + 34 = 46; 12+34=46";

constexpr auto emoji =
    "🙂 😂 ❤️ 🎉\n"
    "👋 👋🏻 👋🏿 (one hand, three colours of skin)\n"
    "👩‍🚀 👨‍👩‍👧‍👦 🏳️‍🌈 (one picture of several)\n"
    "🇫🇷 🇯🇵 🇰🇪 (letters that make a flag)\n"
    "e\u0301 é (an accent as a character of its own, and not)";

}  // namespace

const std::vector<SampleText>& sampleTexts() {
    static const std::vector<SampleText> all = [] {
        const auto sample = [](const char* title, const char* text) {
            return SampleText{tr(title), QString::fromUtf8(text)};
        };
        return std::vector<SampleText>{
            sample("A sentence", sentence),
            sample("The same words in another order", wordOrder),
            sample("One word, several meanings", oneWord),
            sample("Parts of words, and words nobody knows", wordParts),
            sample("English prose", prose),
            sample("Several languages", languages),
            sample("Many scripts", scripts),
            sample("Code", code),
            sample("Numbers", numbers),
            sample("Emoji", emoji),
        };
    }();
    return all;
}

}  // namespace lexiscope
