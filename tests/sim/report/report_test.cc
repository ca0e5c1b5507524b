#include "sim/report/report.h"

#include <doctest/doctest.h>

#include <utility>

#include "sim/camera/shot.h"
#include "sim/report/html.h"
#include "tests/sim/report/html_check.h"

namespace sunny16::sim {
namespace {

struct Report {
  hal::RawFrame frame;
  firmware::DevelopedFrame developed;
  std::string html;
};

Report make_report(isp::Profile profile, int width = 200, int height = 150) {
  ShotSettings settings;
  settings.sensor = "imx477", settings.window = {width, height};
  const Bench bench = set_up(settings);
  Report r;
  r.frame = bench.record(bench.electrons(bench.timing(0, 0.01), 1), exposure_of(bench, settings), 1);
  firmware::FrameRequest request;
  request.profile = profile;
  r.developed = firmware::run_frame(r.frame, {}, request);
  r.html = report_html({.input = "a<b>&\"c\".dng",
                        .output = "out.jpg",
                        .frame = r.frame,
                        .developed = r.developed,
                        .picture = std::as_const(r.developed.pictures[0].planes[0]).view()});
  return r;
}

TEST_CASE("The report is well formed, stands alone and shows every stage") {
  for (const isp::Profile profile :
       {isp::Profile::full, isp::Profile::lite, isp::Profile::preview, isp::Profile::plain}) {
    const Report r = make_report(profile);
    CHECK(unbalanced(r.html) == "");
    const std::string text = without_pictures(r.html);
    for (const char* loads : {"http://", "https://", "src=\"/", "href=", "url(", "@import", "<script"})
      CHECK(count(text, loads) == 0);

    const isp::PhonePipeline pipeline(r.developed.registers);
    std::size_t stages = 0;
    for (const isp::Node& node : pipeline.graph().nodes) {
      if (!node.last) continue;
      ++stages;
      CHECK(count(r.html, "<b>" + std::to_string(stages) + " " + std::string(node.stage) + "</b>") ==
            1);                                                               // its pictures
      CHECK(count(r.html, "<td>" + std::string(node.stage) + "</td>") == 1);  // its timing
    }
    CHECK(stages > 5);
    CHECK(count(r.html, "<img ") == 2 * stages + 3);  // two of each stage, two of the input, and the picture
    CHECK(count(r.html, "data:image/jpeg;base64,/9j/") == 2 * stages + 3);
    CHECK(count(r.html, "<svg ") == 2);
    CHECK(count(r.html, "RegistersHash") == 1);
    for (const char* broken : {"nan", "NaN", ">inf", "null"}) CHECK(count(text, broken) == 0);
  }
}

TEST_CASE("Names of files are text, whatever they contain") {
  const Report r = make_report(isp::Profile::plain);
  CHECK(count(r.html, "a&lt;b&gt;&amp;&quot;c&quot;.dng") == 1);
  CHECK(count(r.html, "a<b>") == 0);
}

TEST_CASE("The smallest frames have a report, too") {
  for (const auto& [width, height] : {std::pair{2, 2}, {3, 5}, {34, 2}})
    CHECK(unbalanced(make_report(isp::Profile::full, width, height).html) == "");
}

TEST_CASE("Base64 as in RFC 4648") {
  const auto encode = [](std::string_view text) { return base64(std::as_bytes(std::span(text))); };
  CHECK(encode("") == "");
  CHECK(encode("f") == "Zg==");
  CHECK(encode("fo") == "Zm8=");
  CHECK(encode("foo") == "Zm9v");
  CHECK(encode("foobar") == "Zm9vYmFy");
}

}  // namespace
}  // namespace sunny16::sim
