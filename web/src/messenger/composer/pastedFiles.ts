/** The files in what is pasted; none where it is a text of which the program has also copied a picture, such as a table's cells. */
export function pastedFiles(pasted: Pick<DataTransfer, 'files' | 'getData'>): readonly File[] {
  const files = [...pasted.files];
  const text = pasted.getData('text/plain');
  // A file that is copied on a Mac comes with its name as a text.
  return files.every(({ name }) => text === '' || text.includes(name)) ? files : [];
}
