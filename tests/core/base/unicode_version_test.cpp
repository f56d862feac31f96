// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/unicode_version.h"

#include <QRegularExpression>
#include <QTest>

using namespace lexiscope;

class UnicodeVersionTest : public QObject {
    Q_OBJECT

  private slots:
    void bothAreVersions() {
        const QRegularExpression version(QStringLiteral("^[0-9]+\\.[0-9]+(\\.[0-9]+)?$"));
        const UnicodeVersions versions = unicodeVersions();
        QVERIFY2(version.match(QString::fromStdString(versions.characters)).hasMatch(),
                 versions.characters.c_str());
        QVERIFY2(version.match(QString::fromStdString(versions.patterns)).hasMatch(),
                 versions.patterns.c_str());
    }
};

QTEST_APPLESS_MAIN(UnicodeVersionTest)
#include "unicode_version_test.moc"
