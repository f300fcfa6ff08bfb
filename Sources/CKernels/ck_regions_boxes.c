#include "ck_dispatch.h"
#include "ck_regions.h"

static inline float area(const float *box) { return (box[2] - box[0]) * (box[3] - box[1]); }

// Intersection over union; 0 for two boxes without an area.
static inline float overlap_of(const float *one, const float *other) {
  float left = one[0] > other[0] ? one[0] : other[0];
  float top = one[1] > other[1] ? one[1] : other[1];
  float right = one[2] < other[2] ? one[2] : other[2];
  float bottom = one[3] < other[3] ? one[3] : other[3];
  float width = right > left ? right - left : 0, height = bottom > top ? bottom - top : 0;
  float common = width * height, both = area(one) + area(other) - common;
  return both > 0 ? common / both : 0;
}

void ck_box_matches(const float *boxes, int count, const float *true_boxes, int truths, int *match,
                    float *overlap, float *best_of_truth) {
  for (int t = 0; t < truths; t++) best_of_truth[t] = 0;
  for (int i = 0; i < count; i++) {
    match[i] = -1;
    overlap[i] = 0;
    for (int t = 0; t < truths; t++) {
      float value = overlap_of(boxes + 4 * i, true_boxes + 4 * t);
      if (match[i] < 0 || value > overlap[i]) {
        match[i] = t;
        overlap[i] = value;
      }
      if (value > best_of_truth[t]) best_of_truth[t] = value;
    }
  }
}

void ck_box_low_matches(const float *boxes, int count, const float *true_boxes, int truths,
                        const float *best_of_truth, unsigned char *low) {
  for (int i = 0; i < count; i++) {
    low[i] = 0;
    for (int t = 0; t < truths && !low[i]; t++)
      low[i] = best_of_truth[t] > 0 &&
               overlap_of(boxes + 4 * i, true_boxes + 4 * t) == best_of_truth[t];
  }
}

void ck_box_suppress(const float *boxes, const int *groups, int count, float threshold,
                     unsigned char *kept) {
  for (int i = 0; i < count; i++) kept[i] = 1;
  for (int i = 0; i < count; i++) {
    if (!kept[i]) continue;
    for (int j = i + 1; j < count; j++)
      if (kept[j] && groups[i] == groups[j] &&
          overlap_of(boxes + 4 * i, boxes + 4 * j) > threshold)
        kept[j] = 0;
  }
}

// The value of the mask, with a border of zeros one pixel wide, at a place in pixels of that.
static float padded_mask_at(const float *mask, int side, float y, float x) {
  int padded = side + 2;
  if (y < 0) y = 0;
  if (x < 0) x = 0;
  int top = (int)y, left = (int)x;
  int bottom = top + (top < padded - 1), right = left + (left < padded - 1);
  float dy = y - top, dx = x - left;
  float values[4];
  int rows[2] = {top, bottom}, columns[2] = {left, right};
  for (int i = 0; i < 4; i++) {
    int row = rows[i / 2] - 1, column = columns[i % 2] - 1;
    int is_inside = row >= 0 && row < side && column >= 0 && column < side;
    values[i] = is_inside ? mask[row * side + column] : 0;
  }
  return (1 - dy) * ((1 - dx) * values[0] + dx * values[1]) +
         dy * ((1 - dx) * values[2] + dx * values[3]);
}

int ck_mask_draw(const float *mask, int side, const float box[4], float threshold, float class_id,
                 float id, float score, float *planes, int height, int width) {
  // The box of the mask with its border, its corners cut to whole pixels.
  int padded = side + 2;
  float scale = (float)padded / side;
  float half_width = (box[2] - box[0]) * 0.5f * scale, half_height = (box[3] - box[1]) * 0.5f * scale;
  float middle_x = (box[2] + box[0]) * 0.5f, middle_y = (box[3] + box[1]) * 0.5f;
  int left = (int)(middle_x - half_width), right = (int)(middle_x + half_width);
  int top = (int)(middle_y - half_height), bottom = (int)(middle_y + half_height);
  int columns = right - left + 1, rows = bottom - top + 1;
  if (columns < 1) columns = 1;
  if (rows < 1) rows = 1;
  int drawn = 0;
  long plane = (long)height * width;
  for (int y = top > 0 ? top : 0; y <= bottom && y < height; y++)
    for (int x = left > 0 ? left : 0; x <= right && x < width; x++) {
      float at_y = (y - top + 0.5f) * padded / rows - 0.5f;
      float at_x = (x - left + 0.5f) * padded / columns - 0.5f;
      long pixel = (long)y * width + x;
      if (planes[plane + pixel] != 0 || padded_mask_at(mask, side, at_y, at_x) < threshold)
        continue;
      planes[pixel] = class_id;
      planes[plane + pixel] = id;
      planes[2 * plane + pixel] = score;
      drawn++;
    }
  return drawn;
}
