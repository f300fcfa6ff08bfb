#ifndef CK_METRICS_H
#define CK_METRICS_H

#include <stdint.h>

#include "ck_label.h"
#include "ck_layout.h"

// predictions [N, H, W]: the class of the highest logit of each pixel, the lowest of equals.
void ck_argmax(ck_layout l, const float *logits, ck_label *predictions, int threads);

// predictions [N, K, H, W]: 1 where the logit of the class is above 0, else 0.
void ck_positive_planes(ck_layout l, const float *logits, ck_label *predictions, int threads);

// counts[label · classes + prediction] += 1 for every pixel that is not ignored.
// Returns the first label that is no class, or -1; nothing is counted from there on.
int ck_confusion(const ck_label *labels, const ck_label *predictions, long count, int classes,
                 uint64_t *counts);

// Counts one class by itself in the same way: labels and predictions are 0 or 1, counts [2, 2].
int ck_binary_confusion(const ck_label *labels, const ck_label *predictions, long count,
                        uint64_t *counts);

// counts[prediction] += 1 for every pixel that is ignored.
void ck_ignored_predictions(const ck_label *labels, const ck_label *predictions, long count,
                            uint64_t *counts);

// masked[i] = values[i], or ignored where the label is.
void ck_mask_ignored(const ck_label *values, const ck_label *labels, long count, ck_label *masked);

// borders [H, W]: the label of a pixel that has another one, or the image's end, above, below or
// beside it; ignored elsewhere, and where the label is.
void ck_borders(const ck_label *labels, int h, int w, ck_label *borders);

// Of each pixel with a label: confidences [N, H, W], the probability (softmax) of the most probable
// class, and losses [N, H, W], -ln of that of the label, at most -ln 1e-15. Not a number where a
// logit is none. What stands at ignored pixels has no meaning.
void ck_pixel_probabilities(ck_layout l, const float *logits, const ck_label *labels,
                            float *confidences, float *losses, int threads);

// Adds each valid pixel to the bin of its confidence, bin b of B being (b/B, (b + 1)/B]: how many
// there are, how many of them are right, and the sum of their confidences in units of 2^-30, which
// is the same in any order. Returns how many confidences are not numbers; these are left out.
long ck_calibration(const float *confidences, const ck_label *labels, const ck_label *predictions,
                    long count, int bins, uint64_t *counts, uint64_t *hits, uint64_t *sums);

// counts [K, 2, bins]: of each class, by its probability in `bins` steps, the valid pixels of other
// classes and those of its own; of the first `images` images. scratch: one more of counts for each
// thread. Returns how many pixels have a logit that is not a number; these are left out.
long ck_probability_histograms(ck_layout l, int images, const float *logits,
                               const ck_label *labels, int bins, uint64_t *counts,
                               uint64_t *scratch, int threads);

// Of object 1...: labels[object], pixels[object] and the sum of the values of its pixels, in their
// order. The arrays are cleared by the caller, for objects from 0 on.
void ck_object_sums(const int32_t *objects, const ck_label *labels, const float *values, long count,
                    ck_label *object_labels, int64_t *pixels, double *sums);

// runs [3 each]: an object of one map, one of the other, and how many neighbouring pixels are of
// both, in the order of the pixels; room for 3 · count. Returns the number of runs.
long ck_overlap_runs(const int32_t *objects, const int32_t *others, long count, int32_t *runs);

#endif
