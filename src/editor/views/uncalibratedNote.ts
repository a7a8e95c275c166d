/** Said over every list of risks while no model of risk exists. */
export const UNCALIBRATED_NOTE =
  'Nothing is calibrated yet: a reading order, not a verdict. What is least usual comes first, new things too.';
