#include "firmware/output/xmp.h"

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

}  // namespace

std::string xmp_packet(const PictureInfo& info) {
  if (info.look.empty()) return "";
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "  <rdf:Description rdf:about=\"\"" +
         property("xmlns:xmp", "http://ns.adobe.com/xap/1.0/") + property("xmlns:sunny16", kXmpNamespace) +
         property("xmp:CreatorTool", software()) + property("sunny16:LookPack", info.look.pack) +
         property("sunny16:LookName", info.look.name) + property("sunny16:LookVersion", info.look.version) +
         property("sunny16:LookHash", info.look.hash) + "/>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

}  // namespace sunny16::firmware
