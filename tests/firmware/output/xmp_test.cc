// Which look made a picture, as the codecs' own readers find it in each kind of file.
#include "firmware/output/xmp.h"

#include <doctest/doctest.h>
#include <png.h>
#include <stdio.h>
#include <tiffio.h>

#include <jpeglib.h>

#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string>

#include "firmware/output/picture_file.h"
#include "tests/firmware/output/exif_reader.h"
#include "tests/temp_dir.h"

using namespace sunny16;

namespace {

struct Files {
  explicit Files(const firmware::PictureInfo& info) {
    const hal::RawFrame raw = sample_frame();
    const firmware::PictureSource source{.rgb8 = std::as_const(pixels).view(), .rgb16 = {}, .yuv = {}, .raw = &raw};
    for (const char* name : {"a.jpg", "a.png", "a.tif", "a.dng"}) write_picture(folder / name, source, info);
  }

  std::string jpeg() const {
    std::vector<std::byte> bytes = read_bytes(folder / "a.jpg");
    jpeg_decompress_struct reader{};
    jpeg_error_mgr errors{};
    reader.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&reader);
    jpeg_mem_src(&reader, reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
    jpeg_save_markers(&reader, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&reader, TRUE);
    const std::string signature("http://ns.adobe.com/xap/1.0/\0", 29);
    std::string xmp;
    for (const jpeg_marker_struct* marker = reader.marker_list; marker; marker = marker->next) {
      const std::string data(reinterpret_cast<const char*>(marker->data), marker->data_length);
      if (data.starts_with(signature)) xmp = data.substr(signature.size());
    }
    jpeg_destroy_decompress(&reader);
    return xmp;
  }
  std::string png() const {
    std::FILE* file = std::fopen((folder / "a.png").c_str(), "rb");
    png_structp reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(reader);
    png_init_io(reader, file);
    png_read_png(reader, info, PNG_TRANSFORM_IDENTITY, nullptr);
    png_textp texts = nullptr;
    int count = 0;
    png_get_text(reader, info, &texts, &count);
    std::string xmp;
    for (int i = 0; i < count; ++i)
      if (std::string(texts[i].key) == "XML:com.adobe.xmp") xmp = texts[i].text;
    png_destroy_read_struct(&reader, &info, nullptr);
    std::fclose(file);
    return xmp;
  }
  std::string tiff(const char* name) const {
    TIFF* file = TIFFOpen((folder / name).c_str(), "r");
    REQUIRE(file);
    std::uint32_t size = 0;
    const char* data = nullptr;
    std::string xmp;
    if (TIFFGetField(file, TIFFTAG_XMLPACKET, &size, &data)) xmp.assign(data, size);
    TIFFClose(file);
    return xmp;
  }

  const TempDir folder;
  isp::Image<std::uint8_t> pixels{3 * kPictureWidth, kPictureHeight};
};

using boost::property_tree::ptree;

ptree description_of(const std::string& packet) {
  std::istringstream in(packet);
  ptree tree;
  read_xml(in, tree);
  return tree.get_child("x:xmpmeta.rdf:RDF.rdf:Description");
}

}  // namespace

TEST_CASE("every kind of file carries the same packet") {
  const firmware::PictureInfo info = sample_info();
  const std::string packet = firmware::xmp_packet(info);
  for (const char* property :
       {"sunny16:LookPack=\"signature\"", "sunny16:LookName=\"authentic\"", "sunny16:LookVersion=\"1.0.0\"",
        "sunny16:LookHash=\"0123456789abcdef\"", "sunny16:LookStrength=\"1.00000\"",
        "sunny16:SkinProtection=\"0.00000\"", "xmp:CreatorTool=\"Sunny16 "})
    CHECK(packet.find(property) != std::string::npos);
  const Files files(info);
  CHECK(files.jpeg() == packet);
  CHECK(files.png() == packet);
  CHECK(files.tiff("a.tif") == packet);
  CHECK(files.tiff("a.dng") == packet);
}

TEST_CASE("without a look there is no packet") {
  const Files files(firmware::picture_info(sample_frame()));
  CHECK(files.jpeg().empty());
  CHECK(files.png().empty());
  CHECK(files.tiff("a.tif").empty());
  CHECK(files.tiff("a.dng").empty());
}

TEST_CASE("what XML reserves is escaped") {
  firmware::PictureInfo info;
  info.look = {"a&b", "\"<c>\"", "1.0.0", ""};
  const std::string packet = firmware::xmp_packet(info);
  CHECK(packet.find("\"a&amp;b\"") != std::string::npos);
  CHECK(packet.find("\"&quot;&lt;c>&quot;\"") != std::string::npos);
}

TEST_CASE("faces are regions of the Metadata Working Group: areas by their centres, and the picture's size") {
  firmware::PictureInfo info;
  info.faces = {.width = 640, .height = 480, .boxes = {{0.25, 0.5, 0.125, 0.25}, {0, 0, 0.5, 0.5}}};
  const ptree regions = description_of(firmware::xmp_packet(info)).get_child("mwg-rs:Regions");
  CHECK(regions.get<int>("mwg-rs:AppliedToDimensions.<xmlattr>.stDim:w") == 640);
  CHECK(regions.get<int>("mwg-rs:AppliedToDimensions.<xmlattr>.stDim:h") == 480);
  const ptree& bag = regions.get_child("mwg-rs:RegionList.rdf:Bag");
  REQUIRE(bag.size() == 2);
  const ptree& face = bag.front().second.get_child("rdf:Description");
  CHECK(face.get<std::string>("<xmlattr>.mwg-rs:Type") == "Face");
  const ptree& area = face.get_child("mwg-rs:Area.<xmlattr>");
  CHECK(area.get<double>("stArea:x") == doctest::Approx(0.3125));
  CHECK(area.get<double>("stArea:y") == doctest::Approx(0.625));
  CHECK(area.get<double>("stArea:w") == doctest::Approx(0.125));
  CHECK(area.get<double>("stArea:h") == doctest::Approx(0.25));
  CHECK(area.get<std::string>("stArea:unit") == "normalized");
}

TEST_CASE("a look and faces stand beside each other") {
  firmware::PictureInfo info;
  info.look = {.pack = "trial", .name = "swap & \"more\" <b>", .version = "1.0", .hash = "0123"};
  info.faces = {.width = 2, .height = 2, .boxes = {{0, 0, 1, 1}}};
  const ptree both = description_of(firmware::xmp_packet(info));
  CHECK(both.get<std::string>("<xmlattr>.sunny16:LookName") == "swap & \"more\" <b>");
  CHECK(both.get_child("mwg-rs:Regions.mwg-rs:RegionList.rdf:Bag").size() == 1);
  info.faces = {};
  CHECK(description_of(firmware::xmp_packet(info)).get<std::string>("<xmlattr>.sunny16:LookPack") == "trial");
}
