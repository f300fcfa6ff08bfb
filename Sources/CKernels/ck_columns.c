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

CK_KERNEL void ck_columns_from_image(const ck_view *view, const float *image, int channels,
                                     int first, int count, float *matrix) {
  ck_view v = *view;
  float *values = matrix;
  for (int c = 0; c < channels; c++)
    for (int y = 0; y < v.kernel_height; y++)
      for (int x = 0; x < v.kernel_width; x++) {
        int offset = x * v.dilation_width - v.padding_width, stride = v.stride_width;
        inside reach = windows_inside(offset, stride, v.width, v.columns);
        for (int row = first; row < first + count; row++, values += v.columns) {
          int line = row * v.stride_height + y * v.dilation_height - v.padding_height;
          inside part = line >= 0 && line < v.height ? reach : (inside){0, 0};
          const float *pixels = image + ((long)c * v.height + line) * v.width + offset;
          memset(values, 0, part.begin * sizeof(float));
          if (stride == 1)
            memcpy(values + part.begin, pixels + part.begin,
                   (part.end - part.begin) * sizeof(float));
          else
            for (int i = part.begin; i < part.end; i++) values[i] = pixels[(long)i * stride];
          memset(values + part.end, 0, (v.columns - part.end) * sizeof(float));
        }
      }
}

CK_KERNEL void ck_columns_to_image(const ck_view *view, const float *matrix, int channels,
                                   int first, int count, float *image) {
  ck_view v = *view;
  const float *values = matrix;
  for (int c = 0; c < channels; c++)
    for (int y = 0; y < v.kernel_height; y++)
      for (int x = 0; x < v.kernel_width; x++) {
        int offset = x * v.dilation_width - v.padding_width, stride = v.stride_width;
        inside reach = windows_inside(offset, stride, v.width, v.columns);
        for (int row = first; row < first + count; row++, values += v.columns) {
          int line = row * v.stride_height + y * v.dilation_height - v.padding_height;
          if (line < 0 || line >= v.height) continue;
          float *pixels = image + ((long)c * v.height + line) * v.width + offset;
          if (stride == 1)
            for (int i = reach.begin; i < reach.end; i++) pixels[i] += values[i];
          else
            for (int i = reach.begin; i < reach.end; i++) pixels[(long)i * stride] += values[i];
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
