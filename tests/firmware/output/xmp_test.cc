// What an XML reader finds in our XMP packets.
#include "firmware/output/xmp.h"

#include <doctest/doctest.h>

#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string>

namespace sunny16::firmware {
namespace {

using boost::property_tree::ptree;

ptree description_of(const std::string& packet) {
  std::istringstream in(packet);
  ptree tree;
  read_xml(in, tree);
  return tree.get_child("x:xmpmeta.rdf:RDF.rdf:Description");
}

TEST_CASE("a picture without look and faces has no packet") { CHECK(xmp_packet({}).empty()); }

TEST_CASE("faces are regions of the Metadata Working Group: areas by their centres, and the picture's size") {
  PictureInfo info;
  info.faces = {.width = 640, .height = 480, .boxes = {{0.25, 0.5, 0.125, 0.25}, {0, 0, 0.5, 0.5}}};
  const ptree regions = description_of(xmp_packet(info)).get_child("mwg-rs:Regions");
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
  PictureInfo info;
  info.look = {.pack = "trial", .name = "swap & \"more\" <b>", .version = "1.0", .hash = "0123"};
  info.faces = {.width = 2, .height = 2, .boxes = {{0, 0, 1, 1}}};
  const ptree both = description_of(xmp_packet(info));
  CHECK(both.get<std::string>("<xmlattr>.sunny16:LookName") == "swap & \"more\" <b>");
  CHECK(both.get_child("mwg-rs:Regions.mwg-rs:RegionList.rdf:Bag").size() == 1);
  info.faces = {};
  CHECK(description_of(xmp_packet(info)).get<std::string>("<xmlattr>.sunny16:LookPack") == "trial");
}

}  // namespace
}  // namespace sunny16::firmware
