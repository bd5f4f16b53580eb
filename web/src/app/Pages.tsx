import { Route, Routes } from 'react-router';
import { ExplorePage } from '../creators/ExplorePage';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';

/** Every page by its address. */
export function Pages() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<ExplorePage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
