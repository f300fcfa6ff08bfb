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

typedef struct {
  ck_chunks cut;
  const float *x;
  float *sums, *partials;
} summing;

CK_KERNEL static void sum_chunk(void *context, int unit) {
  const summing *s = context;
  ck_chunk chunk = ck_chunk_at(s->cut, unit);
  const float *x = s->x + chunk.start;
  ck_vector sums[CK_MAX_VECTORS] = {0};
  long whole = ck_whole(s->cut, chunk.count);
  for (long i = 0; i < whole;)
    for (int v = 0; v < s->cut.vectors; v++, i += CK_WIDTH) sums[v] += CK_LOAD(x + i);
  for (long i = whole; i < chunk.count; i++) ((float *)sums)[i - whole] += x[i];
  ck_fold(s->cut, sums, s->partials + (long)unit * s->cut.layout.block);
}

static void sum_channel(void *context, int c) {
  const summing *s = context;
  s->sums[c] = (float)ck_total(s->cut, s->partials, s->cut.layout.block, 0, c);
}

void ck_channel_sums(ck_layout layout, const float *x, float *sums, float *scratch, int threads) {
  summing s = {.cut = ck_cut(layout), .x = x, .sums = sums, .partials = scratch};
  ck_parallel(threads, ck_units(s.cut), sum_chunk, &s);
  ck_parallel(threads, layout.c, sum_channel, &s);
}

long ck_channel_sums_scratch(ck_layout layout) {
  return (long)ck_units(ck_cut(layout)) * layout.block;
}
