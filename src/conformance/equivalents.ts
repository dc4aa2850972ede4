// Mutants that no client could ever tell from the original, each with the reason. A mutant that is killed
// after all, or that no longer exists, makes a test fail: this list can't rot.

export const equivalents: Readonly<Record<string, string>> = {
  'collection.must-exist/off': 'a path that names no collection finds none without the rule too',
  'update_product_collection_images/change-dropped':
    'no document says what an upload changes in its collection',
  'update_product_collection_images/change-rescoped':
    'no document says what an upload changes in its collection',
};
