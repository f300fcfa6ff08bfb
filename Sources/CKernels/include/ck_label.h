#ifndef CK_LABEL_H
#define CK_LABEL_H

#include <stdint.h>

// What a pixel is labelled: a class, or whatever else a task writes in a plane of labels. A pixel
// whose label is CK_IGNORED is not trained on and not judged.
typedef uint16_t ck_label;

enum {
  CK_IGNORED = 65535,
  // Tiles of logits lie on the stack, so their number of classes has a limit.
  CK_MAX_CLASSES = 2048,
};

#endif
