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

// Walks along rows of windows with one tap of the kernel.
typedef struct {
  int slice, row;  // of windows
} window_row;

CK_INLINE window_row row_at(const ck_view *v, int index) {
  return (window_row){index / v->windows.height, index % v->windows.height};
}

CK_INLINE window_row row_after(const ck_view *v, window_row at) {
  int is_last = at.row + 1 == v->windows.height;
  return (window_row){at.slice + is_last, is_last ? 0 : at.row + 1};
}

// The line of a channel of the image that a tap (z, y) sees from a row of windows; -1 outside.
CK_INLINE long line_of(const ck_view *v, window_row at, int z, int y) {
  int line = at.row * v->stride.height + y * v->dilation.height - v->padding.height;
  int plane = at.slice * v->stride.depth + z * v->dilation.depth - v->padding.depth;
  int is_inside = line >= 0 && line < v->image.height && plane >= 0 && plane < v->image.depth;
  return is_inside ? (long)plane * v->image.height + line : -1;
}

CK_KERNEL void ck_columns_from_image(const ck_view *view, const float *image, int channels,
                                     int first, int count, float *matrix) {
  ck_view v = *view;
  long lines = (long)v.image.depth * v.image.height;
  int columns = v.windows.width, stride = v.stride.width;
  float *values = matrix;
  for (int c = 0; c < channels; c++)
    for (int z = 0; z < v.kernel.depth; z++)
      for (int y = 0; y < v.kernel.height; y++)
        for (int x = 0; x < v.kernel.width; x++) {
          int offset = x * v.dilation.width - v.padding.width;
          inside reach = windows_inside(offset, stride, v.image.width, columns);
          window_row at = row_at(&v, first);
          for (int i = 0; i < count; i++, at = row_after(&v, at), values += columns) {
            long line = line_of(&v, at, z, y);
            inside part = line >= 0 ? reach : (inside){0, 0};
            const float *pixels = image + (c * lines + line) * v.image.width + offset;
            memset(values, 0, part.begin * sizeof(float));
            if (stride == 1)
              memcpy(values + part.begin, pixels + part.begin,
                     (part.end - part.begin) * sizeof(float));
            else
              for (int j = part.begin; j < part.end; j++) values[j] = pixels[(long)j * stride];
            memset(values + part.end, 0, (columns - part.end) * sizeof(float));
          }
        }
}

CK_KERNEL void ck_columns_to_image(const ck_view *view, const float *matrix, int channels,
                                   int first, int count, float *image) {
  ck_view v = *view;
  long lines = (long)v.image.depth * v.image.height;
  int columns = v.windows.width, stride = v.stride.width;
  const float *values = matrix;
  for (int c = 0; c < channels; c++)
    for (int z = 0; z < v.kernel.depth; z++)
      for (int y = 0; y < v.kernel.height; y++)
        for (int x = 0; x < v.kernel.width; x++) {
          int offset = x * v.dilation.width - v.padding.width;
          inside reach = windows_inside(offset, stride, v.image.width, columns);
          window_row at = row_at(&v, first);
          for (int i = 0; i < count; i++, at = row_after(&v, at), values += columns) {
            long line = line_of(&v, at, z, y);
            if (line < 0) continue;
            float *pixels = image + (c * lines + line) * v.image.width + offset;
            if (stride == 1)
              for (int j = reach.begin; j < reach.end; j++) pixels[j] += values[j];
            else
              for (int j = reach.begin; j < reach.end; j++) pixels[(long)j * stride] += values[j];
          }
        }
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
