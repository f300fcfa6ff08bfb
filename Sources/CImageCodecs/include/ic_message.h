#ifndef IC_MESSAGE_H
#define IC_MESSAGE_H

// Why a call failed.
typedef struct {
  char text[240];
} ic_message;

#endif
