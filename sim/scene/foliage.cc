#include "sim/scene/foliage.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

/// Random numbers that depend on nothing but what they are for.
class Dice {
 public:
  Dice(int number, std::uint32_t seed) : number_(number), next_(static_cast<int>(seed * 97)) {}
  double operator()() { return cell_noise(number_, next_++); }
  double operator()(double from, double to) { return from + (to - from) * (*this)(); }

 private:
  int number_, next_;
};

Point towards(double turns) { return {sine(turns), -sine(turns + 0.25)}; }  // 0 is up, clockwise

struct Flower {
  Colour petals, heart;
  int count;
  double petal_length, petal_width, heart_radius;  ///< over the flower's radius
};
constexpr std::array<Flower, 3> kFlowers{{
    {{0.66, 0.035, 0.018}, {0.02, 0.012, 0.014}, 4, 0.62, 0.55, 0.22},  // poppy
    {{0.80, 0.80, 0.76}, {0.72, 0.42, 0.015}, 11, 0.38, 0.13, 0.30},    // daisy
    {{0.10, 0.15, 0.60}, {0.10, 0.04, 0.25}, 8, 0.40, 0.20, 0.25},      // cornflower
}};

void add_flower(Leaves& leaves, const Flower& flower, Point centre, double radius, Dice& random) {
  constexpr double kFlat = 0.62;  // seen from the side more than from above
  const double light = random(0.85, 1.15), turn = random();
  leaves.add({.centre = centre,
              .longer = flower.heart_radius * radius,
              .shorter = flower.heart_radius * radius * kFlat,
              .paint = flower.heart});
  for (int i = 0; i < flower.count; ++i) {
    const Point out = towards(turn + static_cast<double>(i) / flower.count);
    const Point along{out.x, out.y * kFlat};
    const double stretch = length(along), reach = (1 - flower.petal_length) * radius;
    leaves.add({.centre = centre + along * reach,
                .axis = along * (1 / stretch),
                .longer = flower.petal_length * radius * stretch,
                .shorter = flower.petal_width * radius * (kFlat + (1 - stretch)),
                .paint = flower.petals * (light * random(0.8, 1.05) * (0.9 - 0.12 * out.x - 0.14 * out.y))});
  }
}

}  // namespace

Leaves crown(const Box& field, std::span<const Bough> boughs, int count, double size, std::uint32_t seed) {
  Leaves leaves(field, 2 * size);
  for (int i = 0; i < count; ++i) {
    Dice random(i, seed);
    const Bough& bough = boughs[static_cast<std::size_t>(random() * static_cast<double>(boughs.size()))];
    const double front = 1 - 1.4 * i / count;  // 1 towards us
    const double reach = std::sqrt(exact::max(0, 1 - 0.7 * front * front) * random()) * 1.08;
    const Point d = towards(random()) * reach;
    const double lit = exact::clamp(0.42 - 0.40 * d.x - 0.48 * d.y + 0.22 * front, 0.06, 1) * random(0.6, 1.4);
    const double leaf = size * random(0.6, 1.1);
    leaves.add({.centre = bough.centre + d * bough.radius,
                .axis = towards(random()),
                .longer = leaf,
                .shorter = 0.55 * leaf,
                .paint = mix({0.085, 0.135, 0.022}, {0.29, 0.33, 0.055}, random()) * lit});
  }
  return leaves;
}

Leaves woods(const Box& field, double (*ridge)(double x), double size, Colour light, Colour dark, std::uint32_t seed) {
  Leaves leaves(field, size);
  int row = 0;
  for (double y = field.to.y; y > field.from.y; y -= 0.3 * size, ++row)
    for (int column = 0; column * 0.6 * size < field.size().x; ++column) {
      Dice random(column + 4096 * row, seed);
      const Point centre{field.from.x + (column + random()) * 0.6 * size, y + 0.4 * size * random()};
      if (centre.y < ridge(centre.x)) continue;
      const double width = size * random(0.32, 0.62);
      const double kind = exact::clamp(0.5 + 1.3 * fractal_noise(centre * (0.06 / size), 2) + random(-0.3, 0.3), 0, 1);
      leaves.add(
          {.centre = centre, .longer = width, .shorter = width * random(0.8, 1.25), .paint = mix(dark, light, kind)});
    }
  return leaves;
}

Leaves grass(const Box& field, double horizon, std::uint32_t seed) {
  Leaves leaves(field, 0.006);
  int row = 0;
  for (double foot = field.to.y + 0.05; foot > horizon + 0.035; ++row) {
    const double size = 0.15 * (foot - horizon + 0.02), step = 0.15 * size;
    for (int column = 0; column * step < field.size().x; ++column) {
      Dice random(column + 8192 * row, seed);
      const Point root{field.from.x + (column + random()) * step, foot + 0.2 * size * random()};
      const double meadow = fractal_noise({root.x * 4, root.y * 9}, 3);
      const double height = size * random(0.55, 1.15) * (1 + 0.8 * meadow), lean = random(-0.07, 0.085);
      const Point up = towards(lean);
      if (random() < 0.035 * exact::clamp(0.7 + 3 * meadow, 0, 2)) {
        const auto kind =
            static_cast<std::size_t>(3 * exact::clamp(value_noise(root * 5) + random(-0.35, 0.35), 0, 0.999));
        add_flower(leaves, kFlowers[kind], root + up * (1.05 * height), size * random(0.13, 0.2), random);
      }
      const double dry = exact::clamp(0.35 + 1.4 * meadow + random(-0.3, 0.4), 0, 1);
      leaves.add({.centre = root + up * (0.5 * height),
                  .axis = up,
                  .longer = 0.55 * height,
                  .shorter = size * random(0.025, 0.045),
                  .paint = mix({0.055, 0.115, 0.016}, {0.29, 0.31, 0.075}, dry) * random(0.75, 1.2)});
    }
    foot -= 0.16 * size;
  }
  return leaves;
}

}  // namespace sunny16::sim
