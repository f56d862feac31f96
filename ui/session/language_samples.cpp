// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/language_samples.h"

#include "ui/session/tr.h"

namespace lexiscope {
namespace {}  // namespace

const std::vector<LanguageSample>& languageSamples() {
    static const std::vector<LanguageSample> samples = {
        {tr("English"),
         QStringLiteral("Tomorrow it will rain, so take an umbrella with you. We meet at the station at "
                        "eight and then drink tea together.")},
        {tr("German"),
         QStringLiteral("Morgen wird es regnen, also nimm einen Regenschirm mit. Wir treffen uns um acht am "
                        "Bahnhof und trinken dann zusammen Tee.")},
        {tr("Spanish"),
         QStringLiteral("Mañana lloverá, así que llévate un paraguas. Nos encontramos a las ocho en la "
                        "estación y luego tomamos té juntos.")},
        {tr("Finnish"),
         QStringLiteral("Huomenna sataa, joten ota sateenvarjo mukaasi. Tapaamme kahdeksalta asemalla ja "
                        "juomme sitten yhdessä teetä.")},
        {tr("Turkish"),
         QStringLiteral("Yarın yağmur yağacak, yanına şemsiye al. Saat sekizde istasyonda buluşuyoruz ve "
                        "sonra birlikte çay içiyoruz.")},
        {tr("Vietnamese"),
         QStringLiteral("Ngày mai trời sẽ mưa, vì vậy hãy mang theo ô. Chúng ta gặp nhau ở nhà ga lúc tám "
                        "giờ rồi cùng nhau uống trà.")},
        {tr("Greek"),
         QStringLiteral("Αύριο θα βρέξει, γι’ αυτό πάρε μαζί σου ομπρέλα. Συναντιόμαστε στις οκτώ στον "
                        "σταθμό και μετά πίνουμε μαζί τσάι.")},
        {tr("Russian"),
         QStringLiteral("Завтра будет дождь, поэтому возьми с собой зонт. Мы встретимся в восемь на вокзале, "
                        "а потом вместе выпьем чаю.")},
        {tr("Hebrew"),
         QStringLiteral("מחר ירד גשם, אז קח איתך מטרייה. ניפגש בתחנה בשמונה ואז נשתה תה ביחד.")},
        {tr("Arabic"),
         QStringLiteral("غدا ستمطر، لذلك خذ معك مظلة. سنلتقي في المحطة في الساعة الثامنة ثم نشرب "
                        "الشاي معا.")},
        {tr("Hindi"),
         QStringLiteral("कल बारिश होगी, इसलिए अपने साथ छाता ले जाओ। हम आठ बजे स्टेशन पर मिलेंगे और फिर साथ में चाय "
                        "पिएँगे।")},
        {tr("Thai"), QStringLiteral("พรุ่งนี้ฝนจะตก ดังนั้นเอาร่มไปด้วยนะ เราจะเจอกันที่สถานีตอนแปดโมง แล้วดื่มชาด้วยกัน")},
        {tr("Chinese"), QStringLiteral("明天会下雨，所以带上雨伞。我们八点在车站见面，然后一起喝茶。")},
        {tr("Japanese"), QStringLiteral("明日は雨が降るので、傘を持って行ってください。八時に駅で会って、それ"
                                        "から一緒にお茶を飲みましょう。")},
        {tr("Korean"),
         QStringLiteral("내일은 비가 올 테니 우산을 가져가세요. 여덟 시에 역에서 만나서 함께 차를 마셔요.")},
    };
    return samples;
}

}  // namespace lexiscope
