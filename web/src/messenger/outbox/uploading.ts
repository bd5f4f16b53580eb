// What is loaded when a message has files.
export { releaseFiles, uploadFile } from './uploadFile';
export { Uploads } from './Uploads';
