// The commands that print: tables for people, JSON for programs.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

using nlohmann::json;

json run_json(const std::string& arguments) {
  const CliFolder folder;
  const Ran ran = folder.run(arguments);
  CAPTURE(arguments);
  CAPTURE(ran.error);
  REQUIRE(ran.code == 0);
  return json::parse(ran.out);
}

TEST_CASE("every command explains itself, with examples") {
  const CliFolder folder;
  const std::string all = folder.run("--help").out;
  for (const std::string command :
       {"develop", "info", "plan", "stages", "schema", "docs", "golden", "bench", "simulate", "measure", "compare"}) {
    CAPTURE(command);
    CHECK(all.find("\n  " + command) != std::string::npos);
    const Ran help = folder.run(command + " --help");
    CHECK(help.code == 0);
    CHECK(help.out.find("Examples:\n  sunny16 " + command) != std::string::npos);
  }
  CHECK(folder.run("--version").out.find_first_of("0123456789") != std::string::npos);
}

TEST_CASE("plan: every pass with its ring, and what the whole needs") {
  const json plan = run_json("plan --json");
  CHECK(plan["border"][0] <= 40);
  CHECK(plan["border"][1] <= 40);
  CHECK(plan["arena_bytes"] <= 4 << 20);
  std::size_t rings = 0;
  for (const json& pass : plan["passes"]) {
    CHECK(pass["halo"] >= 0);
    CHECK(pass["in_place"] == (pass["live_rows"] == 0));
    rings += pass["ring_bytes"].get<std::size_t>();
  }
  CHECK(rings <= plan["arena_bytes"]);
  CHECK(plan["passes"].front()["stage"] == "unpack");

  const json narrow = run_json("plan --json --tile-width 512 --threads 4 --size 1030:770");
  CHECK(narrow["tile_width"] == 512);
  CHECK(narrow["tiles"] == 3);
  CHECK(narrow["bands"] == 4);
  CHECK(narrow["passes"].front()["halo"] > narrow["passes"].back()["halo"]);

  const json single = run_json("plan --json --tile-width 4032");
  for (const json& pass : single["passes"]) CHECK(pass["halo"] < 0.02);

  const CliFolder folder;
  const std::string text = folder.run("plan --profile lite").out;
  CHECK(text.find("demosaic_lite") != std::string::npos);
  CHECK(text.find("in place") != std::string::npos);
  CHECK(text.find("KiB a thread") != std::string::npos);
}

TEST_CASE("stages: domains meet, and each parameter's default is one that it allows") {
  const json stages = run_json("stages --json");
  const json& line = stages["line"];
  for (std::size_t i = 1; i < line.size(); ++i) {
    CAPTURE(line[i]["name"]);
    if (line[i]["name"] != "demosaic_lite") CHECK(line[i]["in"] == line[i - 1]["out"]);
    for (const json& parameter : line[i]["parameters"]) {
      CHECK(parameter.contains("description"));
      if (parameter.value("type", "") == "number") {
        CHECK(parameter["default"] >= parameter["minimum"]);
        CHECK(parameter["default"] <= parameter["maximum"]);
      }
    }
  }
  const CliFolder folder;
  const std::string text = folder.run("stages").out;
  CHECK(text.find("white_balance: LinearRaw -> LinearRaw") != std::string::npos);
  CHECK(text.find("  trim") != std::string::npos);
}

TEST_CASE("schema: names every stage") {
  const json schema = run_json("schema"), stages = run_json("stages --json");
  for (const json& stage : stages["line"])
    CHECK(schema["properties"]["stages"]["properties"].contains(stage["name"].get<std::string>()));
}

TEST_CASE("info: what the file says") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  REQUIRE(folder.run("develop frame.raw -o frame.dng" + kRawFrame).code == 0);
  for (const std::string& file : {std::string("frame.dng"), "frame.raw" + kRawFrame}) {
    CAPTURE(file);
    const json frame = json::parse(folder.run("info --json " + file).out)[0];
    CHECK(frame["width"] == 64);
    CHECK(frame["height"] == 48);
    CHECK(frame["cfa"] == "RGGB");
    CHECK(frame["black"][0] == 256);
    CHECK(frame["white"] == 4095);
    CHECK_FALSE(frame.contains("noise_profile"));
  }
  CHECK(folder.run("info frame.dng").out.find("cfa                      RGGB") != std::string::npos);
}

TEST_CASE("bench: every stage, and the whole line last") {
  const json bench = run_json("bench --json --size 256:192 --repeat 3 --profile plain");
  std::string names;
  for (const json& stage : bench["stages"]) {
    names += stage["name"].get<std::string>() + " ";
    CHECK(stage["mp_per_cpu_second"] > 0);
    CHECK(stage["mp_per_second"] > 0);
    CHECK(stage["mp_per_cpu_second"] > bench["line"]["mp_per_cpu_second"]);
  }
  std::string expected;
  const json plan = run_json("plan --json --profile plain");
  for (const json& pass : plan["passes"])
    if (pass["pass"] == 0) expected += pass["stage"].get<std::string>() + " ";
  CHECK(names == expected + "outputs and schedule ");
  CHECK(bench["line"]["best_mp_per_second"] >= bench["line"]["mp_per_second"]);
  CHECK(bench["registers_hash"] == run_json("bench --json --size 64:64 --repeat 1 --profile plain")["registers_hash"]);
  CHECK(bench["registers_hash"] != run_json("bench --json --size 64:64 --repeat 1")["registers_hash"]);
}

TEST_CASE("golden and docs: differences are told, and an update ends them") {
  const CliFolder folder;
  for (const std::string command : {"golden --file hashes.txt --simulated shots.txt", "docs --folder ."}) {
    CAPTURE(command);
    CHECK(folder.run(command).code == 2);
    CHECK(folder.run(command + " --update").code == 0);
    CHECK(folder.run(command).code == 0);
  }
  folder.file("hashes.txt", read_file(folder / "hashes.txt") + "derive/nothing 0\n");
  folder.file("shots.txt", read_file(folder / "shots.txt") + "moon/frame 0\n");
  const Ran golden = folder.run("golden --file hashes.txt --simulated shots.txt");
  CHECK(golden.code == 1);
  CHECK(golden.out == "derive/nothing\nmoon/frame\n");
  folder.file("stages.md", "# Stages\n");
  CHECK(folder.run("docs --folder .").code == 1);
}

}  // namespace
}  // namespace sunny16
