// sunny16 look: looks to list, read, check, export, import and make.
#include <cstdio>
#include <filesystem>

#include "firmware/looks/cube_file.h"
#include "firmware/looks/folder_files.h"
#include "firmware/looks/look_cube.h"
#include "firmware/looks/pack_folder.h"
#include "firmware/looks/user_style.h"
#include "sim/cli/look_options.h"
#include "sim/cli/look_sheet.h"
#include "sim/cli/options.h"
#include "sim/cli/table.h"
#include "sim/cli/text_file.h"

namespace sunny16::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExamples = R"(Examples:
  sunny16 look list
  sunny16 look list --board rpi5 --sensor imx477
  sunny16 look show authentic
  sunny16 look check my-style/
  sunny16 look export authentic -o authentic.cube
  sunny16 look import film.cube --title "Film" -o film/
  sunny16 look style --tone 0.3 --vitality 0.2 --texture -0.1 --base signature/authentic -o my-style/
  sunny16 look sheet -o docs/images/looks.jpg
  sunny16 look sheet boards/looks/*)";

/// Who made a pack that a command writes, and under what name.
struct NewPack {
  firmware::PackInfo info{.name = {}, .title = {}, .version = "1.0.0", .maker = "its user", .licence = "private"};
  std::string folder;
};

void add_pack_options(CLI::App& command, NewPack& pack) {
  command.add_option("-o,--output", pack.folder, "The pack's folder")->required();
  command.add_option("--name", pack.info.name, "Name of the pack and the look; else the folder's");
  command.add_option("--title", pack.info.title, "What people read; else the name");
  command.add_option("--pack-version", pack.info.version, "Three numbers")->capture_default_str();
  command.add_option("--maker", pack.info.maker, "Who made it")->capture_default_str();
  command.add_option("--licence", pack.info.licence, "SPDX identifier, or in words")->capture_default_str();
}

/// A path as the shell completes it: without the slash at its end. It is made absolute, so that "." has a name.
fs::path folder_path(const std::string& text) {
  const fs::path path = fs::absolute(text).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

/// Writes a pack of one look, after reading it as anybody will.
void write_pack(NewPack pack, firmware::Look look) {
  const fs::path folder = folder_path(pack.folder);
  if (pack.info.name.empty()) pack.info.name = folder.filename().string();
  if (pack.info.title.empty()) pack.info.title = pack.info.name;
  look.record = {pack.info.name, pack.info.name, pack.info.version, {}};
  look.title = pack.info.title;
  const firmware::PackFiles files =
      firmware::pack_files({pack.info, {std::make_shared<const firmware::Look>(std::move(look))}});
  firmware::parse_pack(files, pack.info.name);
  firmware::write_pack_folder(folder, files);
}

void add_list(CLI::App& look) {
  struct Options {
    LookOptions looks;
    std::string sensor;
  };
  const auto o = std::make_shared<Options>();
  CLI::App& command = *look.add_subcommand("list", "Print the looks that there are, or that a camera has");
  add_library_options(command, o->looks);
  command.add_option("--sensor", o->sensor, "The camera's sensor, with --board");
  command.callback([o] {
    const LookChooser chooser(o->looks);
    Table table({"look", "version", "title", "what it is for"});
    for (const auto& one : chooser.looks_for(o->sensor))
      table.add({one->record.full_name(), one->record.version, one->title, one->summary});
    std::fputs(table.text().c_str(), stdout);
  });
}

void add_show(CLI::App& look) {
  const auto o = std::make_shared<LookOptions>();
  CLI::App& command = *look.add_subcommand("show", "Print a look: its stages, as JSON");
  command.add_option("LOOK", o->look, "By its name")->required();
  add_library_options(command, *o);
  command.callback([o] {
    const firmware::LookLibrary library = library_of(*o);
    const auto shown = firmware::find_look(library.looks(), o->look);
    nlohmann::ordered_json json = firmware::to_json(shown->record);
    json.erase("strength"), json.erase("skin_protection");  // of a picture
    json["title"] = shown->title;
    json["summary"] = shown->summary;
    json["sharpness"] = shown->sharpness;
    if (shown->cube) json["cube_size"] = shown->cube->size;
    json["stages"] = firmware::overlay_to_json<isp::LookStages>(shown->stages);
    for (const auto& entry : library.packs())
      if (entry.pack.info.name == shown->record.pack && !entry.pack.sheet.empty())
        json["sheet"] = (entry.folder / entry.pack.info.sheet).string();
    std::fputs(firmware::write_json(json).c_str(), stdout);
  });
}

void add_check(CLI::App& look) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  CLI::App& command = *look.add_subcommand("check", "Read packs and .cube files, and say what is wrong with them");
  command.add_option("PATH", *paths, "A pack's folder, or a .cube file")->required()->expected(-1);
  command.callback([paths] {
    for (const std::string& path : *paths) {
      if (path.ends_with(".cube")) {
        const firmware::CubeFile cube = firmware::load_cube(path);
        std::printf("%s: well, %zu nodes in one dimension, %zu in three\n", path.c_str(), cube.shaper.size(),
                    cube.cube.nodes.size());
      } else {
        const firmware::LookPack pack = firmware::load_pack(folder_path(path));
        std::printf("%s: well, %s %s: %s\n", path.c_str(), pack.info.name.c_str(), pack.info.version.c_str(),
                    names_of(pack.looks).c_str());
      }
    }
  });
}

void add_export(CLI::App& look) {
  struct Options {
    LookOptions looks;
    std::string output;
    int size = isp::CubeTable::kMaxSize;
  };
  const auto o = std::make_shared<Options>();
  CLI::App& command = *look.add_subcommand(
      "export", "Write a look's colours as a .cube file; vignette, grain, sharpness, local tone and bloom stay behind");
  command.add_option("LOOK", o->looks.look, "By its name")->required();
  command.add_option("-o,--output", o->output, "The .cube file, or - for standard output")->required();
  command.add_option("--size", o->size, "Nodes along an axis")
      ->check(CLI::Range(isp::ColourCube::kMinSize, isp::ColourCube::kMaxSize))
      ->capture_default_str();
  add_library_options(command, o->looks);
  command.callback([o] {
    const auto chosen = firmware::find_look(library_of(o->looks).looks(), o->looks.look);
    write_text(o->output, firmware::cube_text(firmware::cube_of(*chosen, o->size), chosen->title));
  });
}

void add_import(CLI::App& look) {
  struct Options {
    std::string cube;
    NewPack pack;
  };
  const auto o = std::make_shared<Options>();
  CLI::App& command = *look.add_subcommand("import", "Make a pack of a .cube file");
  command.add_option("CUBE", o->cube, "The .cube file, for display values")->required();
  add_pack_options(command, o->pack);
  command.callback([o] {
    const firmware::CubeFile file = firmware::load_cube(o->cube);
    if (o->pack.info.title.empty()) o->pack.info.title = file.title;
    firmware::Look made;
    made.cube = std::make_shared<const isp::ColourCube>(firmware::to_colour_cube(file));
    write_pack(o->pack, std::move(made));
  });
}

void add_style(CLI::App& look) {
  struct Options {
    LookOptions looks;
    firmware::UserStyle style;
    std::string base;
    NewPack pack;
  };
  const auto o = std::make_shared<Options>();
  CLI::App& command = *look.add_subcommand("style", "Make a pack of a look with a style of your own on top");
  command.add_option("--base", o->base, "The look to begin with; else none");
  isp::for_each_field(o->style, [&](const auto& row, double& slider) {
    command.add_option("--" + std::string(row.name), slider, std::string(row.prose))
        ->check(within(row.minimum, row.maximum))
        ->capture_default_str();
  });
  add_pack_options(command, o->pack);
  add_library_options(command, o->looks);
  command.callback([o] {
    std::shared_ptr<const firmware::Look> base;
    if (!o->base.empty()) base = firmware::find_look(library_of(o->looks).looks(), o->base);
    write_pack(o->pack, firmware::styled(base.get(), o->style));
  });
}

}  // namespace

void add_look(CLI::App& app) {
  CLI::App& look = *app.add_subcommand("look", "Looks: list, show, check, export, import, make and compare them");
  look.footer(kExamples);
  look.require_subcommand(1);
  for (const auto add : {add_list, add_show, add_check, add_export, add_import, add_style, add_sheet}) add(look);
}

}  // namespace sunny16::cli
