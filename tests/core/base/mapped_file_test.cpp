// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mapped_file.h"

#include "tests/support/sanitized.h"
#include "tests/support/scratch_folder.h"

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <QTest>

using namespace lexiscope;
using lexiscope::test::ScratchFolder;

namespace {

/// Several pages, none of whose bytes is zero.
std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(1 + i % 251);
    }
    return bytes;
}

std::size_t countZeros(const MappedFile& file) {
    std::size_t zeros = 0;
    for (std::size_t i = 0; i < file.size(); ++i) {
        zeros += file.data()[i] == std::byte{0} ? 1 : 0;
    }
    return zeros;
}

std::shared_ptr<const MappedFile> openOrFail(const std::filesystem::path& path) {
    auto file = MappedFile::open(path);
    return file.ok() ? std::move(file).value() : nullptr;
}

}  // namespace

class MappedFileTest : public QObject {
    Q_OBJECT

  private slots:
    void readsTheBytesOfTheFile() {
        const ScratchFolder folder;
        const std::string bytes = pattern(10000);
        const auto file = openOrFail(folder.write("numbers", bytes));
        QVERIFY(file != nullptr);
        QVERIFY(file->text() == bytes);
        QVERIFY(file->check().ok());
        file->willRead(0, bytes.size());
        file->willRead(9999, ~std::size_t{0} - 20000);
        file->willRead(20000, 5);
        QVERIFY(file->check().ok());
    }

    void anEmptyFileMapsToNothing() {
        const ScratchFolder folder;
        const auto file = openOrFail(folder.write("empty", ""));
        QVERIFY(file != nullptr);
        QCOMPARE(file->size(), std::size_t(0));
        QVERIFY(file->text().empty());
        file->willRead(0, 1);
        QVERIFY(file->check().ok());
    }

    void saysWhyItCannotOpen() {
        const ScratchFolder folder;
        const auto missing = MappedFile::open(folder.path() / "absent");
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QCOMPARE(missing.error().where, (folder.path() / "absent").string());

        const auto aFolder = MappedFile::open(folder.path());
        QVERIFY(!aFolder.ok());
        QCOMPARE(aFolder.error().code, ErrorCode::Unreadable);

        const std::filesystem::path pipe = folder.path() / "pipe";
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        const auto aPipe = MappedFile::open(pipe);
        QVERIFY(!aPipe.ok());
        QCOMPARE(aPipe.error().code, ErrorCode::Unreadable);
    }

    void bytesInMemoryReadAlike() {
        const auto file = MappedFile::ofBytes("abc", "made/up");
        QCOMPARE(file->text(), std::string_view("abc"));
        QCOMPARE(file->path(), std::filesystem::path("made/up"));
        QVERIFY(file->check().ok());
    }

    void aFileCutShortReadsAsZerosAndSaysSo() {
        const ScratchFolder folder;
        const std::string bytes = pattern(64 * 4096);
        const auto path = folder.write("numbers", bytes);
        const auto file = openOrFail(path);
        QVERIFY(file != nullptr);
        QCOMPARE(countZeros(*file), std::size_t(0));
        QCOMPARE(::truncate(path.c_str(), 10 * 4096), 0);
        QCOMPARE(countZeros(*file), std::size_t(54 * 4096));
        QVERIFY(file->text().substr(0, 10 * 4096) == std::string_view(bytes).substr(0, 10 * 4096));
        const auto check = file->check();
        QVERIFY(!check.ok());
        QCOMPARE(check.error().code, ErrorCode::Unreadable);
        QCOMPARE(check.error().where, path.string() + ", byte 40960");
    }

    void aFileCutInsideAPageSaysSoToo() {
        const ScratchFolder folder;
        const auto path = folder.write("numbers", pattern(5000));
        const auto file = openOrFail(path);
        QVERIFY(file != nullptr);
        QCOMPARE(::truncate(path.c_str(), 4500), 0);
        const auto check = file->check();
        QVERIFY(!check.ok());
        QCOMPARE(check.error().where, path.string() + ", byte 4500");
    }

    void staysLostWhenTheFileGrowsBack() {
        const ScratchFolder folder;
        const auto path = folder.write("numbers", pattern(8 * 4096));
        const auto file = openOrFail(path);
        QVERIFY(file != nullptr);
        QCOMPARE(::truncate(path.c_str(), 0), 0);
        QCOMPARE(countZeros(*file), file->size());
        folder.write("numbers", pattern(8 * 4096));
        const auto check = file->check();
        QVERIFY(!check.ok());
        QCOMPARE(check.error().where, path.string() + ", byte 0");
    }

    void twoFilesAreToldApart() {
        const ScratchFolder folder;
        const auto path = folder.write("cut", pattern(4 * 4096));
        const auto cut = openOrFail(path);
        const auto whole = openOrFail(folder.write("whole", pattern(4 * 4096)));
        QVERIFY(cut != nullptr && whole != nullptr);
        QCOMPARE(::truncate(path.c_str(), 0), 0);
        QCOMPARE(countZeros(*cut), cut->size());
        QCOMPARE(countZeros(*whole), std::size_t(0));
        QVERIFY(!cut->check().ok());
        QVERIFY(whole->check().ok());
    }

    void manyThreadsOpenReadAndLose() {
        const ScratchFolder folder;
        std::atomic<int> wrong{0};
        const auto work = [&](int worker) {
            for (int round = 0; round < 25; ++round) {
                const std::string name = "f" + std::to_string(worker) + "-" + std::to_string(round);
                const auto path = folder.write(name, pattern(16 * 4096));
                const auto file = openOrFail(path);
                const bool cut = (round + worker) % 2 == 0;
                if (file == nullptr || (cut && ::truncate(path.c_str(), 4096) != 0)) {
                    ++wrong;
                    continue;
                }
                std::thread other([&] { wrong += countZeros(*file) == (cut ? 15 * 4096U : 0U) ? 0 : 1; });
                wrong += countZeros(*file) == (cut ? 15 * 4096U : 0U) ? 0 : 1;
                other.join();
                wrong += file->check().ok() == cut ? 1 : 0;
            }
        };
        std::vector<std::thread> workers;
        for (int worker = 0; worker < 4; ++worker) {
            workers.emplace_back(work, worker);
        }
        for (std::thread& worker : workers) {
            worker.join();
        }
        QCOMPARE(wrong.load(), 0);
    }

    void aBusErrorElsewhereStillEndsTheProgram() {
        const ScratchFolder folder;
        const auto mine = openOrFail(folder.write("mine", pattern(4096)));
        QVERIFY(mine != nullptr);
        const auto path = folder.write("foreign", pattern(4096));
        const pid_t child = fork();
        if (child == 0) {
            const int descriptor = ::open(path.c_str(), O_RDWR);
            void* address = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, descriptor, 0);
            if (ftruncate(descriptor, 0) != 0 || address == MAP_FAILED) {
                _exit(2);
            }
            qputenv("QTEST_DISABLE_STACK_DUMP", "1");
            alarm(20);
            _exit(*static_cast<volatile char*>(address));  // 0: the zeros that only mapped files get
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        if (test::isSanitized) {
            QVERIFY(!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 2));
        } else {
            QVERIFY(WIFSIGNALED(status));
            QCOMPARE(WTERMSIG(status), SIGBUS);
        }
    }
};

QTEST_APPLESS_MAIN(MappedFileTest)
#include "mapped_file_test.moc"
