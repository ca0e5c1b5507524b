#include "firmware/output/xmp.h"

#include <cstdio>

#include "firmware/output/exif.h"

namespace sunny16::firmware {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string property(const char* name, std::string_view value) {
  return std::string("\n    ") + name + "=\"" + escaped(value) + "\"";
}

std::string number(double v) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5f", v);
  return text;
}

/// Areas are told by their centres.
std::string regions(const FaceRegions& faces) {
  std::string text = "\n   <mwg-rs:Regions rdf:parseType=\"Resource\">\n    <mwg-rs:AppliedToDimensions stDim:w=\"" +
                     std::to_string(faces.width) + "\" stDim:h=\"" + std::to_string(faces.height) +
                     "\" stDim:unit=\"pixel\"/>\n    <mwg-rs:RegionList><rdf:Bag>";
  for (const auto& [x, y, width, height] : faces.boxes)
    text += "\n     <rdf:li><rdf:Description mwg-rs:Type=\"Face\"><mwg-rs:Area stArea:x=\"" + number(x + width / 2) +
            "\" stArea:y=\"" + number(y + height / 2) + "\" stArea:w=\"" + number(width) + "\" stArea:h=\"" +
            number(height) + "\" stArea:unit=\"normalized\"/></rdf:Description></rdf:li>";
  return text + "\n    </rdf:Bag></mwg-rs:RegionList>\n   </mwg-rs:Regions>\n  ";
}

}  // namespace

std::string xmp_packet(const PictureInfo& info) {
  const bool faces = !info.faces.boxes.empty();
  if (info.look.empty() && !faces) return "";
  std::string properties =
      property("xmlns:xmp", "http://ns.adobe.com/xap/1.0/") + property("xmp:CreatorTool", software());
  if (!info.look.empty())
    properties += property("xmlns:sunny16", kXmpNamespace) + property("sunny16:LookPack", info.look.pack) +
                  property("sunny16:LookName", info.look.name) + property("sunny16:LookVersion", info.look.version) +
                  property("sunny16:LookHash", info.look.hash) +
                  property("sunny16:LookStrength", number(info.look.strength)) +
                  property("sunny16:SkinProtection", number(info.look.skin_protection));
  if (faces)
    properties += property("xmlns:mwg-rs", "http://www.metadataworkinggroup.com/schemas/regions/") +
                  property("xmlns:stDim", "http://ns.adobe.com/xap/1.0/sType/Dimensions#") +
                  property("xmlns:stArea", "http://ns.adobe.com/xmp/sType/Area#");
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "  <rdf:Description rdf:about=\"\"" +
         properties + (faces ? ">" + regions(info.faces) + "</rdf:Description>" : "/>") +
         "\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

}  // namespace sunny16::firmware
