// Which pixels of the array stand behind each number that a mode sends.
#pragma once

#include "sim/sensor/sensor_model.h"

namespace sunny16::sim {

/// A picture's samples. Light falls on *sites*: pixels, or cells of pixels under one filter that are read as one. A
/// sample combines `combined` x `combined` sites of its colour, which lie a pattern's period apart.
struct SampleGrid {
  int columns = 0, rows = 0;  ///< of the picture
  int site_pixels = 1;        ///< pixels of the array on the side of a site
  int combined = 1;           ///< sites on the side of a sample
  int period = 2;             ///< columns (rows) after which the picture's colours repeat: 1, or twice its cell
  ColourFilter filter = ColourFilter::rggb;
  double site_um = 1;  ///< pitch of the sites

  /// 0 red, 1 green, 2 blue, of the sample at a column and row.
  int channel(int x, int y) const;
  /// The first site of a sample, along either axis; the sample's others follow at distances of `period`.
  int site(int i) const { return combined * period * (i / period) + i % period; }
  int site_columns() const { return combined * columns; }
  int site_rows() const { return combined * rows; }
  double width_um() const { return site_um * site_columns(); }
  double height_um() const { return site_um * site_rows(); }
  /// Pixels of the array that a sample combines.
  int pixels() const { return combined * combined * site_pixels * site_pixels; }
};

/// Of a mode of the sensor; `remosaic` starts from the cells as they lie.
SampleGrid sample_grid(const SensorModel& sensor, const SensorMode& mode);

/// Half the diagonal of the array, um: where lens figures have their radius 1.
double half_diagonal_um(const SensorModel& sensor);

}  // namespace sunny16::sim
