#include "ck_columns.h"

#include "ck_lanes.h"

// Which windows of a row have their tap at `offset` inside the image: begin ..< end.
typedef struct {
  int begin, end;
} inside;

CK_INLINE inside windows_inside(int offset, int stride, int width, int columns) {
  int begin = offset < 0 ? (-offset + stride - 1) / stride : 0;
  int end = offset < width ? (width - 1 - offset) / stride + 1 : 0;
  if (end > columns) end = columns;
  if (begin > end) begin = end;
  return (inside){begin, end};
}

// One value of the kernel, and what it sees of a row of windows.
typedef struct {
  int z, y;
  int offset;  // of the column that the first window sees
  inside reach;
} tap;

CK_INLINE tap tap_at(const ck_view *v, int z, int y, int x) {
  int offset = x * v->dilation.width - v->padding.width;
  return (tap){z, y, offset,
               windows_inside(offset, v->stride.width, v->image.width, v->windows.width)};
}

// Some rows of windows of one slice, and the part of a channel that a tap sees from there.
typedef struct {
  int row, count;
  long plane;  // -1 outside the image
} rows_of_slice;

// The rows of windows from `index` to the end of their slice, at most `most`.
CK_INLINE rows_of_slice rows_at(const ck_view *v, tap t, int index, int most) {
  int slice = index / v->windows.height, row = index % v->windows.height;
  int plane = slice * v->stride.depth + t.z * v->dilation.depth - v->padding.depth;
  int rest = v->windows.height - row, is_inside = plane >= 0 && plane < v->image.depth;
  return (rows_of_slice){row, rest < most ? rest : most, is_inside ? plane : -1};
}

CK_INLINE float *rows_from_image(ck_view v, tap t, rows_of_slice rows, const float *channel,
                                 float *values) {
  int stride = v.stride.width;
  for (int row = rows.row; row < rows.row + rows.count; row++, values += v.windows.width) {
    int line = row * v.stride.height + t.y * v.dilation.height - v.padding.height;
    int is_inside = rows.plane >= 0 && line >= 0 && line < v.image.height;
    inside part = is_inside ? t.reach : (inside){0, 0};
    const float *pixels =
        channel + (rows.plane * v.image.height + line) * v.image.width + t.offset;
    memset(values, 0, part.begin * sizeof(float));
    if (stride == 1)
      memcpy(values + part.begin, pixels + part.begin, (part.end - part.begin) * sizeof(float));
    else
      for (int i = part.begin; i < part.end; i++) values[i] = pixels[(long)i * stride];
    memset(values + part.end, 0, (v.windows.width - part.end) * sizeof(float));
  }
  return values;
}

CK_INLINE const float *rows_to_image(ck_view v, tap t, rows_of_slice rows, const float *values,
                                     float *channel) {
  int stride = v.stride.width;
  if (rows.plane < 0) return values + (long)rows.count * v.windows.width;
  for (int row = rows.row; row < rows.row + rows.count; row++, values += v.windows.width) {
    int line = row * v.stride.height + t.y * v.dilation.height - v.padding.height;
    if (line < 0 || line >= v.image.height) continue;
    float *pixels = channel + (rows.plane * v.image.height + line) * v.image.width + t.offset;
    if (stride == 1)
      for (int i = t.reach.begin; i < t.reach.end; i++) pixels[i] += values[i];
    else
      for (int i = t.reach.begin; i < t.reach.end; i++) pixels[(long)i * stride] += values[i];
  }
  return values;
}

// Calls a function of each tap of each channel with the rows of windows from `first` on, slice by
// slice.
#define CK_EACH_TAP(view, channels, first, count, call)                                  \
  for (int c = 0; c < (channels); c++)                                                   \
    for (int z = 0; z < (view).kernel.depth; z++)                                        \
      for (int y = 0; y < (view).kernel.height; y++)                                     \
        for (int x = 0; x < (view).kernel.width; x++) {                                  \
          tap t = tap_at(&(view), z, y, x);                                              \
          for (int done = 0; done < (count);) {                                          \
            rows_of_slice rows = rows_at(&(view), t, (first) + done, (count) - done);    \
            call;                                                                        \
            done += rows.count;                                                          \
          }                                                                              \
        }

CK_KERNEL void ck_columns_from_image(const ck_view *view, const float *image, int channels,
                                     int first, int count, float *matrix) {
  ck_view v = *view;
  long channel = (long)v.image.depth * v.image.height * v.image.width;
  float *values = matrix;
  CK_EACH_TAP(v, channels, first, count,
              values = rows_from_image(v, t, rows, image + c * channel, values))
}

CK_KERNEL void ck_columns_to_image(const ck_view *view, const float *matrix, int channels,
                                   int first, int count, float *image) {
  ck_view v = *view;
  long channel = (long)v.image.depth * v.image.height * v.image.width;
  const float *values = matrix;
  CK_EACH_TAP(v, channels, first, count,
              values = rows_to_image(v, t, rows, values, image + c * channel))
}

CK_KERNEL void ck_finish_rows(float *values, int channels, long stride, long count,
                              const float *bias, int relu) {
  for (int c = 0; c < channels; c++) {
    float *row = values + c * stride, shift = bias ? bias[c] : 0;
    if (relu)
      for (long i = 0; i < count; i++) {
        float value = row[i] + shift;
        row[i] = value <= 0 ? 0 : value;
      }
    else if (bias)
      for (long i = 0; i < count; i++) row[i] += shift;
  }
}
