#include <stdlib.h>
#include <string.h>

#include "ck_distance.h"
#include "ck_topology.h"

// Components less holes of each class from its 2 × 2 neighbourhoods, for 8-connected pixels (Gray, IEEE
// Transactions on Computers 1971): (those with one pixel − those with three − 2 · diagonal pairs) / 4.
static void count_quads(const ck_label *labels, int h, int w, int classes, int32_t *quads) {
  for (int y = 0; y <= h; y++)
    for (int x = 0; x <= w; x++) {
      ck_label quad[4];
      for (int i = 0; i < 4; i++) {
        int row = y - 1 + i / 2, column = x - 1 + i % 2;
        int inside = row >= 0 && row < h && column >= 0 && column < w;
        quad[i] = inside ? labels[(long)row * w + column] : CK_IGNORED;
      }
      for (int i = 0; i < 4; i++) {
        ck_label label = quad[i];
        int before = 0, same = 0;
        for (int j = 0; j < 4; j++) {
          before += j < i && quad[j] == label;
          same += quad[j] == label;
        }
        if (before || label >= classes) continue;
        if (same == 1) quads[label]++;
        if (same == 3) quads[label]--;
        if (same == 2 && quad[3 - i] == label) quads[label] -= 2;
      }
    }
}

void ck_betti_numbers(const ck_label *labels, int w, int first_row, int end_row, int first_column,
                      int end_column, int classes, int32_t *components, int32_t *holes,
                      int32_t *scratch) {
  int rows = end_row - first_row, columns = end_column - first_column;
  long area = (long)rows * columns;
  int32_t *objects = scratch, *parents = scratch + area;
  ck_label *window = (ck_label *)(scratch + 2 * area);
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++)
      window[(long)y * columns + x] = labels[(long)(first_row + y) * w + first_column + x];

  for (int c = 0; c < classes; c++) components[c] = holes[c] = 0;
  ck_objects(window, rows, columns, 0, objects, parents);
  int32_t seen = 0;
  for (long i = 0; i < area; i++)
    if (objects[i] > seen) {
      seen = objects[i];
      components[window[i]]++;
    }
  count_quads(window, rows, columns, classes, holes);
  for (int c = 0; c < classes; c++) holes[c] = components[c] - holes[c] / 4;
}

static int has_known(const ck_label *labels, int w, int first_row, int end_row, int first_column,
                     int end_column) {
  for (int y = first_row; y < end_row; y++)
    for (int x = first_column; x < end_column; x++)
      if (labels[(long)y * w + x] != CK_IGNORED) return 1;
  return 0;
}

long ck_betti_errors(const ck_label *truth, const ck_label *prediction, int h, int w, int window,
                     int classes, int64_t *sums, int32_t *counts, int32_t *scratch) {
  memset(sums, 0, sizeof *sums * 3 * (size_t)classes);
  int32_t *components = counts, *holes = components + classes;
  int32_t *predicted = holes + classes, *predicted_holes = predicted + classes;
  long windows = 0;
  for (int y = 0; y < h; y += window)
    for (int x = 0; x < w; x += window) {
      int end_row = h - y < window ? h : y + window, end_column = w - x < window ? w : x + window;
      if (!has_known(truth, w, y, end_row, x, end_column)) continue;
      windows++;
      ck_betti_numbers(truth, w, y, end_row, x, end_column, classes, components, holes, scratch);
      ck_betti_numbers(prediction, w, y, end_row, x, end_column, classes, predicted,
                       predicted_holes, scratch);
      for (int c = 0; c < classes; c++) {
        sums[3 * c] += abs(components[c] - predicted[c]);
        sums[3 * c + 1] += abs(holes[c] - predicted_holes[c]);
        sums[3 * c + 2] += components[c] + predicted[c];
      }
    }
  return windows;
}
