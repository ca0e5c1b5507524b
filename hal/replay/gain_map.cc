#include "hal/replay/gain_map.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "hal/replay/input_error.h"

namespace sunny16::hal {
namespace {

constexpr std::uint32_t kGainMapOpcode = 9;
/// As fine as the lens shading stage can be; no file needs more points than the second figure a side.
constexpr int kMaxNodes = 33, kMaxPoints = 1024;

/// Opcode lists are big-endian, whatever the file is.
class BigEndianReader {
 public:
  explicit BigEndianReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::uint32_t u32() { return static_cast<std::uint32_t>(unsigned_integer(4)); }
  double f32() { return std::bit_cast<float>(u32()); }
  double f64() { return std::bit_cast<double>(unsigned_integer(8)); }
  std::span<const std::byte> take(std::size_t count) {
    if (count > bytes_.size() - position_)
      throw InputError("OpcodeList2: the list ends at byte " + std::to_string(bytes_.size()) + ", inside an opcode");
    return bytes_.subspan((position_ += count) - count, count);
  }

 private:
  std::uint64_t unsigned_integer(std::size_t count) {
    std::uint64_t value = 0;
    for (const std::byte b : take(count)) value = value << 8 | std::to_integer<std::uint64_t>(b);
    return value;
  }

  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
};

/// The points of a map along one axis, in units of the picture's side.
struct Axis {
  int points = 1;
  double spacing = 1, origin = 0;

  /// Index of the point before `position`, and how far towards the next one. The outermost points hold outside.
  std::pair<int, double> locate(double position) const {
    if (points == 1) return {0, 0};
    const double at = std::clamp((position - origin) / spacing, 0.0, static_cast<double>(points - 1));
    const int index = std::min(static_cast<int>(at), points - 2);
    return {index, at - index};
  }
};

struct GainMap {
  std::uint32_t top, left, bottom, right, plane, planes, row_pitch, column_pitch;
  Axis vertical, horizontal;
  std::vector<double> gains;  ///< row by row

  static GainMap read(BigEndianReader in) {
    GainMap map{};
    for (std::uint32_t* field :
         {&map.top, &map.left, &map.bottom, &map.right, &map.plane, &map.planes, &map.row_pitch, &map.column_pitch})
      *field = in.u32();
    const std::uint32_t rows = in.u32(), columns = in.u32();
    if (rows < 1 || columns < 1 || rows > kMaxPoints || columns > kMaxPoints)
      throw InputError("OpcodeList2: GainMap of " + std::to_string(columns) + "x" + std::to_string(rows) +
                       " points; allowed are sides from 1 to " + std::to_string(kMaxPoints));
    map.vertical.points = static_cast<int>(rows);
    map.horizontal.points = static_cast<int>(columns);
    map.vertical.spacing = in.f64();
    map.horizontal.spacing = in.f64();
    map.vertical.origin = in.f64();
    map.horizontal.origin = in.f64();
    for (const Axis& axis : {map.vertical, map.horizontal})
      if (!std::isfinite(axis.origin) || !std::isfinite(axis.spacing) || (axis.points > 1 && axis.spacing <= 0))
        throw InputError("OpcodeList2: GainMap whose points are not spaced by a positive, finite distance");
    const std::uint32_t map_planes = in.u32();  // a CFA has one
    for (std::uint32_t i = 0; i < rows * columns; ++i) {
      const double gain = in.f32();
      if (!(gain >= 0 && gain <= 1000)) throw InputError("OpcodeList2: a GainMap's gain is outside 0 to 1000");
      map.gains.push_back(gain);
      in.take(4 * (std::max(map_planes, 1u) - 1ull));
    }
    return map;
  }

  /// Whether the map covers the whole picture, or all of it that is on its own rows and columns.
  bool covers(int width, int height) const {
    const auto w = static_cast<std::uint32_t>(width), h = static_cast<std::uint32_t>(height);
    return plane == 0 && planes >= 1 && (row_pitch == 1 || row_pitch == 2) &&
           (column_pitch == 1 || column_pitch == 2) && top < row_pitch && left < column_pitch &&
           bottom + row_pitch > h && right + column_pitch > w;
  }
  /// Whether it applies to pixels at this column and row parity.
  bool touches(std::uint32_t x, std::uint32_t y) const {
    return (column_pitch == 1 || left == x) && (row_pitch == 1 || top == y);
  }

  double at(double v, double h) const {
    const auto [y, fy] = vertical.locate(v);
    const auto [x, fx] = horizontal.locate(h);
    const auto row = [&, x = x, fx = fx](int i) {
      const double* points = gains.data() + static_cast<std::ptrdiff_t>(i) * horizontal.points + x;
      return fx > 0 ? points[0] + (points[1] - points[0]) * fx : points[0];
    };
    const double upper = row(y);
    return fy > 0 ? upper + (row(y + 1) - upper) * fy : upper;
  }
};

/// Where node `i` of `count` lies: on pixel centres, the first and last pixel's at the ends, in units of the picture's
/// side.
double node_position(int i, int count, int side) {
  const double pixel = count > 1 ? i * (side - 1.0) / (count - 1) : (side - 1.0) / 2;
  return (pixel + 0.5) / side;
}

}  // namespace

std::shared_ptr<const isp::GainMesh> gain_mesh(std::span<const std::byte> opcode_list, int width, int height,
                                               isp::CfaPhase phase) {
  BigEndianReader list(opcode_list);
  std::vector<GainMap> maps;
  for (std::uint32_t count = list.u32(); count > 0; --count) {
    const std::uint32_t id = list.u32();
    list.take(8);  // the DNG version that brought the opcode, and flags
    const std::uint32_t size = list.u32();
    const BigEndianReader parameters(list.take(size));
    if (id != kGainMapOpcode) continue;
    GainMap map = GainMap::read(parameters);
    if (map.covers(width, height)) maps.push_back(std::move(map));
  }
  if (maps.empty()) return nullptr;

  auto mesh = std::make_shared<isp::GainMesh>();
  for (const GainMap& map : maps) {
    mesh->columns = std::clamp(map.horizontal.points, mesh->columns, kMaxNodes);
    mesh->rows = std::clamp(map.vertical.points, mesh->rows, kMaxNodes);
  }
  for (auto& channel : mesh->gains) channel.assign(static_cast<std::size_t>(mesh->columns * mesh->rows), 1.0);
  for (const GainMap& map : maps)
    for (unsigned cell = 0; cell < 4; ++cell) {
      if (!map.touches(cell & 1, cell >> 1)) continue;
      auto gain = mesh->gains[isp::quad_plane(phase, static_cast<int>(cell & 1), static_cast<int>(cell >> 1))].begin();
      for (int y = 0; y < mesh->rows; ++y)
        for (int x = 0; x < mesh->columns; ++x)
          *gain++ *= map.at(node_position(y, mesh->rows, height), node_position(x, mesh->columns, width));
    }
  return mesh;
}

}  // namespace sunny16::hal
