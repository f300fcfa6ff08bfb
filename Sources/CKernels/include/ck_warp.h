#ifndef CK_WARP_H
#define CK_WARP_H

#include <stdint.h>

#include "ck_label.h"

// Pixel centres lie at integers, y grows downward. Images are [channels][h][w] floats, labels
// [planes][h][w].

// What lies outside an image a b c d: a constant, a a | a b c d | d d, c b | a b c d | c b,
// b a | a b c d | d c, c d | a b c d | a b.
typedef enum {
  ck_border_constant,
  ck_border_replicate,
  ck_border_reflect101,
  ck_border_reflect,
  ck_border_wrap,
} ck_border;

// Keys' cubic with a = -3/4 (as OpenCV and PyTorch have it).
typedef enum { ck_bilinear, ck_bicubic, ck_nearest } ck_interpolation;

// The place within 0 ..< n that shows what lies at i; -1 for none.
int ck_border_index(int i, int n, ck_border border);
// Of the neighbours -1, 0, 1, 2 of what lies t beyond neighbour 0.
void ck_cubic_weights(double t, double weights[4]);

// Where the pixel (x, y) of a target comes from: the matrix times (x, y, 1), divided by its third
// component unless that row is (0, 0, 1); then, where there are fields [target_h][target_w], moved
// by those.
typedef struct {
  double matrix[9];
  const float *dx, *dy;
} ck_map;

typedef struct {
  const float *image;
  const ck_label *labels;
  int channels, planes, h, w;
  ck_interpolation interpolation;
  ck_border border;
  // [channels], what lies beyond a constant border; labels there are ignored.
  const float *fill;
} ck_warp_source;

// Image and labels in one pass. Labels take the pixel nearest to where they come from, whatever the
// interpolation.
void ck_warp(const ck_warp_source *source, const ck_map *map, float *image, ck_label *labels,
             int target_h, int target_w);

// Fields of displacements ---------------------------------------------------------------------

// The grid [grid_h][grid_w], its corners at those of the field [h][w], by bicubic interpolation with
// replicated edges. `scratch` holds grid_w * (w + 1) values.
void ck_grid_field(const float *grid, int grid_h, int grid_w, float *field, int h, int w,
                   float *scratch);
// field[y][x] = columns[x] or rows[y].
void ck_spread_columns(const float *columns, float *field, int h, int w);
void ck_spread_rows(const float *rows, float *field, int h, int w);
// What lies r from the centre comes from r (1 + k r^2 + k r^4), r as a part of the width.
void ck_radial_field(float *dx, float *dy, int h, int w, double k);
// Numbers of [0, 1) to [-limit, limit).
void ck_centre_noise(float *values, long count, float limit);

// Whole pixels ----------------------------------------------------------------------------------

// Top and bottom exchanged in place.
void ck_turn_floats(float *values, int channels, int h, int w);
void ck_turn_labels(ck_label *values, int planes, int h, int w);
// By 1, 2 or 3 quarter turns counter-clockwise; odd ones are for h = w.
void ck_quarter_floats(const float *source, float *target, int channels, int h, int w,
                       int quarters);
void ck_quarter_labels(const ck_label *source, ck_label *target, int planes, int h, int w,
                       int quarters);
// The window that begins at (top, left), within the source or not.
void ck_window_floats(const float *source, int channels, int h, int w, float *target, int top,
                      int left, int target_h, int target_w, ck_border border, const float *fill);
// The labels of a constant border are ignored.
void ck_window_labels(const ck_label *source, int planes, int h, int w, ck_label *target, int top,
                      int left, int target_h, int target_w, ck_border border);

// Labels ----------------------------------------------------------------------------------------

// How many pixels have a plane whose label is neither 0 nor ignored, and the place of the n-th of
// them, from 0 on.
long ck_count_foreground(const ck_label *labels, int planes, long area);
long ck_find_foreground(const ck_label *labels, int planes, long area, long n);
// Counts in a rectangle of [..][w] class ids the pixels that are not ignored, those of the most
// frequent class, and the classes that there are.
void ck_class_shares(const ck_label *labels, int w, int top, int left, int rect_h, int rect_w,
                     int *all, int *largest, int *classes);
// The highest label that is not ignored; -1 where all are.
int ck_highest_label(const ck_label *labels, long count);
// Copies the pixels whose source label, one of a class, is chosen [CK_MAX_CLASSES].
void ck_paste_classes(const float *source, const ck_label *source_labels, float *image,
                      ck_label *labels, int channels, long area, const uint8_t *chosen);
// An image [channels][h][w] and its labels [planes][h][w].
typedef struct {
  float *image;
  ck_label *labels;
  int channels, planes, h, w;
} ck_sample;
// A rectangle of one sample into another of the same shape, from and to places of their own.
void ck_paste_rectangle(const float *source, const ck_label *source_labels, ck_sample sample,
                        int from_top, int from_left, int top, int left, int rect_h, int rect_w);

#endif
