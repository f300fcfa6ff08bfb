#ifndef CK_WARP_H
#define CK_WARP_H

#include <stdint.h>

// Pixel centres lie at integers, y grows downward. Images are [channels][h][w] floats, labels
// [h][w] bytes.

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
  const uint8_t *labels;
  int channels, h, w;
  ck_interpolation interpolation;
  ck_border border;
  // Of a constant border: [channels], and the label.
  const float *fill;
  uint8_t label;
} ck_warp_source;

// Image and labels in one pass. Labels take the pixel nearest to where they come from, whatever the
// interpolation.
void ck_warp(const ck_warp_source *source, const ck_map *map, float *image, uint8_t *labels,
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
void ck_turn_bytes(uint8_t *values, int h, int w);
// By 1, 2 or 3 quarter turns counter-clockwise; odd ones are for h = w.
void ck_quarter_floats(const float *source, float *target, int channels, int h, int w,
                       int quarters);
void ck_quarter_bytes(const uint8_t *source, uint8_t *target, int h, int w, int quarters);
// The window that begins at (top, left), within the source or not.
void ck_window_floats(const float *source, int channels, int h, int w, float *target, int top,
                      int left, int target_h, int target_w, ck_border border, const float *fill);
void ck_window_bytes(const uint8_t *source, int h, int w, uint8_t *target, int top, int left,
                     int target_h, int target_w, ck_border border, uint8_t fill);

// Labels ----------------------------------------------------------------------------------------

// How many labels are neither 0 nor ignored, and the place of the n-th of them, from 0 on.
long ck_count_foreground(const uint8_t *labels, long count, uint8_t ignored);
long ck_find_foreground(const uint8_t *labels, long count, uint8_t ignored, long n);
// Of the rectangle of [..][w] labels: pixels that are not ignored, those of the most frequent class,
// and how many classes there are.
void ck_class_shares(const uint8_t *labels, int w, int top, int left, int rect_h, int rect_w,
                     uint8_t ignored, int *all, int *largest, int *classes);
// Copies the pixels whose source label is chosen [256].
void ck_paste_classes(const float *source, const uint8_t *source_labels, float *image,
                      uint8_t *labels, int channels, long area, const uint8_t *chosen);
// A rectangle of one [channels][h][w] image and [h][w] labels into another of the same size, from and
// to places of their own.
void ck_paste_rectangle(const float *source, const uint8_t *source_labels, float *image,
                        uint8_t *labels, int channels, int h, int w, int from_top, int from_left,
                        int top, int left, int rect_h, int rect_w);

#endif
